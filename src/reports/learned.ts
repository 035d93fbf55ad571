import { type ItemSet, shapleyOf } from "./algorithmic.ts";
import type { JourneyRow } from "./journeys.sql.ts";
import { removalShares } from "./markov.ts";

/** What a model credits to one item. */
export interface ItemCredit {
  item: string;
  section: string | null;
  credit: number;
  conversions: number;
  split: { value: string | null; credit: number }[];
}

/** The credit of each item by a model that learns from all journeys, most first; items without any are left out. */
export function learnedCredits(kind: "ALGORITHMIC" | "MARKOV", journeys: readonly JourneyRow[]): ItemCredit[] {
  const credits = creditsOf(journeys, kind === "MARKOV" ? sharesOfChain(journeys) : sharesOfSets(journeys));
  return [...credits.values()]
    .map(toCredit)
    .filter(({ credit }) => credit !== 0)
    .sort((a, b) => b.credit - a.credit || (a.item < b.item ? -1 : 1));
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
  section: string | null;
  conversions: number;
  bySplit: Map<string | null, number>;
}

function creditsOf(journeys: readonly JourneyRow[], sharesOf: SharesOfJourney): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { path, sections, conversions } of journeys) {
    path.forEach((item, i) => {
      if (!sums.has(item)) sums.set(item, { item, section: sections[i]!, conversions: 0, bySplit: new Map() });
    });
    for (const item of new Set(path)) sums.get(item)!.conversions += conversions;
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

function toCredit({ item, section, conversions, bySplit }: Sum): ItemCredit {
  const split = [...bySplit].map(([value, credit]) => ({ value, credit })).filter(({ credit }) => credit !== 0);
  split.sort((a, b) => b.credit - a.credit || ((a.value ?? "\uffff") < (b.value ?? "\uffff") ? -1 : 1));
  return { item, section, conversions, split, credit: split.reduce((sum, part) => sum + part.credit, 0) };
}
