import { behindFold } from "../journeys/behind.ts";
import type { Version } from "../journeys/journeys.ts";
import { clearSums, eachSum } from "../journeys/sums.ts";
import type { NoTouchReason } from "./attribution/attribution.type.ts";
import { type CreditPlan, type CreditTally, creditFold } from "./credit.fold.ts";
import { itemAndSplitOf } from "./credit-key.ts";
import { type Lesson, learnedWeights } from "./learned.ts";
import type { AttributionKind } from "./model.type.ts";
import { clearPaths, itemsIn, type Paths, waysIn } from "./paths.ts";

/** A figure of a model's answer, in numbers. */
export type CreditCell =
  | { of: "total" | "conversions" | "otherCurrencies" }
  | { of: "attributed"; rule: number }
  /** Of SAME_TOUCH, what has touches but none on the conversion has none in its window. */
  | { of: "untouched"; reason: NoTouchReason | null; sameTouch: number | null }
  /** What a rule gives to items; `rule` is -1 for the conversions that they touched. Any split where none is said. */
  | { of: "credits"; rule: number; items: ReadonlySet<number>; split?: number }
  /** The same of a model that learns, by the items that were touched: what it gives of each conversion's worth to the items. */
  | { of: "learned"; weights: ReadonlyMap<string, number>; counts: "value" | "conversions" };

export const creditBehind = behindFold({
  fold: creditFold,
  take(tally, cell: CreditCell, plan) {
    const share = shareIn(tally, cell, plan);
    empty(tally);
    return share;
  },
});

function shareIn(tally: CreditTally, cell: CreditCell, plan: CreditPlan): number {
  switch (cell.of) {
    case "total":
    case "conversions":
    case "otherCurrencies":
      return tally[cell.of];
    case "attributed":
      return tally.attributed[cell.rule]!;
    case "untouched":
      return untouchedIn(tally, cell);
    case "credits":
      return creditedIn(tally, cell, plan);
    case "learned": {
      let sum = 0;
      for (const [path, ends] of tally.paths.sets) sum += (cell.weights.get(path) ?? 0) * ends[cell.counts];
      return sum;
    }
  }
}

function untouchedIn(
  { untouched, touched, attributed }: CreditTally,
  { reason, sameTouch }: Extract<CreditCell, { of: "untouched" }>,
): number {
  const reasons = Object.keys(untouched) as NoTouchReason[];
  const stated = reasons.reduce((sum, one) => sum + (reason === null || one === reason ? untouched[one] : 0), 0);
  const isInReach = sameTouch === null || (reason !== null && reason !== "NO_TOUCH_IN_WINDOW");
  return isInReach ? stated : stated + touched - attributed[sameTouch]!;
}

function creditedIn(
  { credits }: CreditTally,
  { rule, items, split: asked }: Extract<CreditCell, { of: "credits" }>,
  plan: CreditPlan,
): number {
  let sum = 0;
  eachSum(credits, (key, place) => {
    const { item, split } = itemAndSplitOf(key, plan);
    if (items.has(item) && (asked === undefined || split === asked)) sum += credits.values.values[place + 1 + rule]!;
  });
  return sum;
}

/** What the next journey counts stands alone. */
function empty(tally: CreditTally): void {
  tally.conversions = 0;
  tally.total = 0;
  tally.otherCurrencies = 0;
  tally.touched = 0;
  tally.attributed.fill(0);
  for (const reason of Object.keys(tally.untouched) as NoTouchReason[]) tally.untouched[reason] = 0;
  clearSums(tally.credits);
  clearPaths(tally.paths);
}

interface Learned {
  kind: AttributionKind;
  paths: Paths;
  /** By name. */
  items: readonly string[];
  /** Any split where none is said. */
  split?: number;
  counts: "value" | "conversions";
}

/** The same cell of a model that learns from all paths. */
export async function learnedCellOf(
  version: Version,
  { kind, paths, items, split, counts }: Learned,
): Promise<CreditCell> {
  const weights = await version.survey(learnedWeights, { ...lessonOf(version, paths, kind), items, counts });
  const all = [...paths.sets].map(([set, ends], i): [string, number] => [
    set,
    split === undefined || ends.split === split ? weights[i]! : 0,
  ]);
  return { of: "learned", weights: new Map(all.filter(([, weight]) => weight !== 0)), counts };
}

/** What a model learns from, with names in place of numbers, in the order of the sets. */
export function lessonOf(
  { dictionary: { texts } }: Pick<Version, "dictionary">,
  paths: Paths,
  kind: AttributionKind,
): Lesson {
  return {
    kind: kind === "MARKOV" ? "MARKOV" : "ALGORITHMIC",
    journeys: [...paths.sets].map(([set, { split, ...ends }]) => ({
      items: itemsIn(set).map((item) => texts.of(item)!),
      split: texts.of(split),
      ...ends,
    })),
    ways: waysIn(paths).map(({ from, to, ...taken }) => ({ from: texts.of(from), to: texts.of(to), ...taken })),
  };
}
