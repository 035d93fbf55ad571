import type { Survey } from "../journeys/fold.ts";
import { type ItemSet, shapleyOf } from "./algorithmic.ts";
import { removalShares, type Way } from "./markov.ts";

/** Journeys that touched the same items, and what became of them. */
interface JourneyRow {
  /** Each once. */
  items: readonly string[];
  /** Of the conversions; null for journeys without one. */
  split: string | null;
  conversions: number;
  /** What the conversions are worth together. */
  value: number;
  misses: number;
}

/** What a model learns from. */
export interface Lesson {
  kind: "ALGORITHMIC" | "MARKOV";
  journeys: readonly JourneyRow[];
  ways: readonly Way[];
}

/** What a model credits to one item. */
export interface ItemCredit {
  item: string;
  credit: number;
  conversions: number;
  split: { value: string | null; credit: number }[];
}

/** Learning takes up to a second, which no look-up should wait for. */
export const learnedSurvey: Survey<Lesson, ItemCredit[]> = {
  name: "learned-credits",
  of: (_, lesson) => learnedCredits(lesson),
};

interface WeightsPlan extends Lesson {
  items: readonly string[];
  /** Of what the weights are: what conversions are worth, or the conversions that touched any of the items. */
  counts: "value" | "conversions";
}

/** What a model gives to some items of each conversion that touched a set, for every set in order. */
export const learnedWeights: Survey<WeightsPlan, number[]> = {
  name: "learned-weights",
  of(_, { items, counts, ...lesson }) {
    const { journeys } = lesson;
    if (counts === "conversions") return journeys.map((one) => Number(items.some((item) => one.items.includes(item))));
    const sharesOf = sharesBy(lesson);
    return journeys.map((journey) => {
      if (journey.conversions === 0) return 0;
      const shares = sharesOf(journey);
      return items.reduce((sum, item) => sum + (shares.get(item) ?? 0), 0);
    });
  },
};

/** The credit of each item by a model that learns from all journeys. */
export function learnedCredits(lesson: Lesson): ItemCredit[] {
  return [...creditsOf(lesson.journeys, sharesBy(lesson)).values()].map(toCredit);
}

function sharesBy({ kind, journeys, ways }: Lesson): SharesOfJourney {
  if (kind === "ALGORITHMIC") return sharesOfSets(journeys);
  const shares = removalShares(ways);
  return () => shares;
}

type SharesOfJourney = (journey: JourneyRow) => Map<string, number>;

function sharesOfSets(journeys: readonly JourneyRow[]): SharesOfJourney {
  const sets = new Map<string, ItemSet>();
  for (const { items, conversions, misses } of journeys) {
    const key = JSON.stringify(items.toSorted());
    const seen = sets.get(key) ?? { items, conversions: 0, misses: 0 };
    sets.set(key, { items, conversions: seen.conversions + conversions, misses: seen.misses + misses });
  }
  const shares = shapleyOf([...sets.values()]);
  return ({ items }) => shares(items);
}

interface Sum {
  item: string;
  conversions: number;
  bySplit: Map<string | null, number>;
}

function creditsOf(journeys: readonly JourneyRow[], sharesOf: SharesOfJourney): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { items, conversions } of journeys) {
    for (const item of items) {
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
