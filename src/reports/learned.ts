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

/** The credit of each item by a model that learns from all journeys. */
export function learnedCredits(kind: "ALGORITHMIC" | "MARKOV", journeys: readonly JourneyRow[]): ItemCredit[] {
  const credits = creditsOf(journeys, kind === "MARKOV" ? sharesOfChain(journeys) : sharesOfSets(journeys));
  return [...credits.values()].map(toCredit);
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
