import type { Survey } from "../journeys/fold.ts";
import { type ItemSet, shapleyOf } from "./algorithmic.ts";
import { removalShares } from "./markov.ts";

/** Journeys along the same items, and what became of them. */
export interface JourneyRow {
  /** The items in their order, repeats included. */
  path: string[];
  /** Of the conversions; null for journeys without one. */
  split: string | null;
  conversions: number;
  /** What the conversions are worth together. */
  value: number;
  misses: number;
}

/** What a model credits to one item. */
export interface ItemCredit {
  item: string;
  credit: number;
  conversions: number;
  split: { value: string | null; credit: number }[];
}

/** Learning takes up to a second, which no look-up should wait for. */
export const learnedSurvey: Survey<{ kind: "ALGORITHMIC" | "MARKOV"; journeys: readonly JourneyRow[] }, ItemCredit[]> =
  {
    name: "learned-credits",
    of: (_, { kind, journeys }) => learnedCredits(kind, journeys),
  };

interface WeightsPlan {
  kind: "ALGORITHMIC" | "MARKOV";
  journeys: readonly JourneyRow[];
  items: readonly string[];
  /** Of what the weights are: what conversions are worth, or the conversions that touched any of the items. */
  counts: "value" | "conversions";
}

/** What a model gives to some items of each conversion along a path, for every path in order. */
export const learnedWeights: Survey<WeightsPlan, number[]> = {
  name: "learned-weights",
  of(_, { kind, journeys, items, counts }) {
    if (counts === "conversions") return journeys.map(({ path }) => Number(items.some((item) => path.includes(item))));
    const sharesOf = sharesBy(kind, journeys);
    return journeys.map((journey) => {
      if (journey.conversions === 0) return 0;
      const shares = sharesOf(journey);
      return items.reduce((sum, item) => sum + (shares.get(item) ?? 0), 0);
    });
  },
};

/** The credit of each item by a model that learns from all journeys. */
export function learnedCredits(kind: "ALGORITHMIC" | "MARKOV", journeys: readonly JourneyRow[]): ItemCredit[] {
  return [...creditsOf(journeys, sharesBy(kind, journeys)).values()].map(toCredit);
}

function sharesBy(kind: "ALGORITHMIC" | "MARKOV", journeys: readonly JourneyRow[]): SharesOfJourney {
  return kind === "MARKOV" ? sharesOfChain(journeys) : sharesOfSets(journeys);
}

type SharesOfJourney = (journey: JourneyRow) => Map<string, number>;

function sharesOfSets(journeys: readonly JourneyRow[]): SharesOfJourney {
  const sets = new Map<string, ItemSet>();
  for (const { path, conversions, misses } of journeys) {
    const items = [...new Set(path)].sort();
    const key = JSON.stringify(items);
    const seen = sets.get(key) ?? { items, conversions: 0, misses: 0 };
    sets.set(key, { items, conversions: seen.conversions + conversions, misses: seen.misses + misses });
  }
  const shares = shapleyOf([...sets.values()]);
  return ({ path }) => shares(path);
}

function sharesOfChain(journeys: readonly JourneyRow[]): SharesOfJourney {
  const shares = removalShares(journeys.map(({ path, ...journey }) => ({ steps: path, ...journey })));
  return () => shares;
}

interface Sum {
  item: string;
  conversions: number;
  bySplit: Map<string | null, number>;
}

function creditsOf(journeys: readonly JourneyRow[], sharesOf: SharesOfJourney): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { path, conversions } of journeys) {
    for (const item of new Set(path)) {
      const sum = sums.get(item) ?? { item, conversions: 0, bySplit: new Map() };
      sum.conversions += conversions;
      sums.set(item, sum);
    }
  }
  for (const journey of journeys) {
    if (journey.conversions === 0) continue;
    for (const [item, share] of sharesOf(journey)) {
      const { bySplit } = sums.get(item)!;
      bySplit.set(journey.split, (bySplit.get(journey.split) ?? 0) + share * journey.value);
    }
  }
  return sums;
}

function toCredit({ item, conversions, bySplit }: Sum): ItemCredit {
  const split = [...bySplit].map(([value, credit]) => ({ value, credit })).filter(({ credit }) => credit !== 0);
  return { item, conversions, split, credit: split.reduce((sum, part) => sum + part.credit, 0) };
}
