import { IS_NOBODY, type Partition } from "../journeys/columns.ts";
import { type CountedPlan, compileCounted } from "../journeys/counted.ts";
import type { Fold, Journey } from "../journeys/fold.ts";
import type { MatcherPlan } from "../journeys/matcher.ts";
import { type CutPlan, compileCut, isCut } from "../journeys/sender-sessions.ts";
import { noSession } from "../journeys/sessions.ts";
import { addSums, noSums, type Sums } from "../journeys/sums.ts";
import { compileSingle, type Values, type ValuesPlan } from "../journeys/values.ts";
import type { CreditRule } from "./credit-rule.ts";
import { InReach } from "./in-reach.ts";
import { advance, compileReason, type NoTouch, type Reach } from "./no-touch.ts";
import { addPaths, compileConverted, compileMisses, noPaths, type Paths } from "./paths.ts";
import { sharer } from "./sharer.ts";
import {
  addTouch,
  compileFallback,
  compileTouch,
  noTouches,
  type Touches,
  type TouchPlan,
  writeCounting,
} from "./touches.ts";
import { compileWorth, type WorthPlan } from "./worth.ts";

/** What was asked, in numbers: lengths are milliseconds; a limit that does not apply is infinite. */
export interface CreditPlan extends CutPlan {
  conversions: CountedPlan;
  touch: TouchPlan;
  worth: WorthPlan;
  split: ValuesPlan | null;
  lookback: number;
  rules: readonly CreditRule[];
  /** Of each rule: what its stages begin with. */
  stages: readonly (readonly MatcherPlan[])[];
  /** Whether paths are kept, for models that see every one of them before they weigh one. */
  keepsPaths: boolean;
  /** More than the number of any text. */
  texts: number;
}

export interface CreditTally {
  conversions: number;
  /** What they are worth. */
  total: number;
  otherCurrencies: number;
  /** What those with a touch are worth, and those without for each reason. */
  touched: number;
  untouched: Record<NoTouch, number>;
  /** What each rule attributes, whoever gets it. */
  attributed: number[];
  /** By item and split: distinct conversions with a touch of it, and what each rule gives. */
  credits: Sums;
  paths: Paths;
}

/** Every conversion is found once, and shared among the touches before it. */
export const creditFold: Fold<CreditPlan, CreditTally> = {
  name: "credit",
  empty: ({ rules, texts }) => ({
    conversions: 0,
    total: 0,
    otherCurrencies: 0,
    touched: 0,
    untouched: { NO_IDENTITY: 0, NO_TOUCH_IN_WINDOW: 0, OUT_OF_SESSION: 0, EXCLUDED_BY_FILTER: 0 },
    attributed: rules.map(() => 0),
    credits: noSums(1 + rules.length),
    paths: noPaths(texts),
  }),
  over(partition, plan) {
    const { flags } = partition.customers;
    const count = compileCounted(partition, plan.conversions);
    const touches = compileTouch(partition, plan.touch);
    const met = { others: noTouches(), spare: noTouches() };
    const cut = compileCut(partition, plan, plan.conversions.to);
    const settle = settler(partition, plan, { touches, met, cut });
    const walk = walker(partition, plan, { touches, met, cut, settle });
    const addMisses = plan.keepsPaths ? compileMisses(partition, plan) : null;
    return (tally, journey) => {
      const { length, events } = count(journey);
      if (flags[journey.customer]! & IS_NOBODY) {
        for (let i = 0; i < length; i += 1) tally.untouched.NO_IDENTITY += settle.worth(tally, events[i]!);
        return;
      }
      if (length > 0) walk(tally, journey, events.subarray(0, length));
      addMisses?.(tally.paths, journey);
    };
  },
  merge(tally, later) {
    tally.conversions += later.conversions;
    tally.total += later.total;
    tally.otherCurrencies += later.otherCurrencies;
    tally.touched += later.touched;
    for (const reason of Object.keys(tally.untouched) as NoTouch[]) tally.untouched[reason] += later.untouched[reason];
    later.attributed.forEach((value, rule) => {
      tally.attributed[rule]! += value;
    });
    addSums(tally.credits, later.credits);
    addPaths(tally.paths, later.paths);
  },
};

/** What touches of a journey are, and those that were met; spare ones count only where no other is in reach. */
interface Met {
  touches: Values;
  met: { others: Touches; spare: Touches };
  cut: ReturnType<typeof compileCut>;
}

/** The lists of touches, those that come first first. Without a fallback there are no spare ones. */
const listsOf = ({ touch }: CreditPlan, { others, spare }: Met["met"]): Touches[] =>
  touch.fallback ? [others, spare] : [others];

/** Sessions may lie among one another, so that their conversions come in another order than they happened in. */
function conversionMarks() {
  let marks = new Uint8Array(64);
  return (conversions: Int32Array, { from, to }: Journey): ((event: number) => boolean) => {
    if (marks.length < to - from) marks = new Uint8Array(2 * (to - from));
    marks.fill(0, 0, to - from);
    for (const event of conversions) marks[event - from] = 1;
    return (event) => marks[event - from] === 1;
  };
}

/** What goes through a journey from conversion to conversion, and keeps the touches that it meets. */
function walker(
  partition: Partition,
  plan: CreditPlan,
  { touches, met, settle, cut }: Met & { settle: ReturnType<typeof settler> },
) {
  const { at } = partition.events;
  const { lookback } = plan;
  const { next, isIn } = cut;
  const isSession = isCut(plan);
  const session = noSession();
  const among = conversionMarks();
  const isFallback = compileFallback(partition, plan.touch);
  return (tally: CreditTally, journey: Journey, conversions: Int32Array): void => {
    met.others.length = 0;
    met.spare.length = 0;
    settle.begin();
    session.to = journey.from;
    const isConversion = among(conversions, journey);
    let settled = 0;
    while (settled < conversions.length && next(session, journey)) {
      const reaches = listsOf(plan, met).map(
        (each): Reach => ({ conversion: -1, start: session.from, from: each.length, met: each }),
      );
      for (let event = session.from; event < session.to && settled < conversions.length; event += 1) {
        if (isIn && !isIn(event)) continue;
        const item = touches.read(event, journey);
        if (item !== -1) {
          addTouch(isFallback(event, journey) ? met.spare : met.others, event, { item, at: at[event]! });
        }
        if (!isConversion(event)) continue;
        settled += 1;
        for (const reach of reaches) {
          reach.conversion = event;
          if (!isSession) advance(reach, at[event]! - lookback, at);
        }
        settle.conversion(tally, journey, reaches);
      }
    }
    settle.end(tally);
  };
}

/** What adds a conversion to the tally. */
function settler(partition: Partition, plan: CreditPlan, { touches, met, cut }: Met) {
  const { touch, split, keepsPaths } = plan;
  const worthOf = compileWorth(partition, plan.worth);
  const splitOf = split ? compileSingle(partition, split) : () => -1;
  const reasonOf = compileReason(partition, plan, { touchOf: touches.read, isIn: cut.isIn });
  const banks = listsOf(plan, met).map((each) => {
    const inReach = new InReach(each, { dedup: touch.dedup, rules: plan.rules });
    const converted = keepsPaths ? compileConverted(touch.dedup, each, inReach) : null;
    return { inReach, converted, share: sharer(partition, plan, { inReach, listed: touches.listed }) };
  });
  const isListed = plan.rules.some(({ kind }) => kind === "STAGED");
  const counting = noTouches();

  /** Counts the conversion, and says what it is worth. */
  function worth(tally: CreditTally, event: number): number {
    const value = worthOf(event);
    tally.conversions += 1;
    if (Number.isNaN(value)) {
      tally.otherCurrencies += 1;
      return 0;
    }
    tally.total += value;
    return value;
  }

  function conversion(tally: CreditTally, journey: Journey, reaches: readonly Reach[]): void {
    const value = worth(tally, reaches[0]!.conversion);
    const which = reaches.findIndex(({ from, met: { length } }) => from < length);
    if (which === -1) {
      const reasons = reaches.map((each) => reasonOf(journey, each));
      tally.untouched[reasons.find((reason) => reason !== "NO_TOUCH_IN_WINDOW") ?? "NO_TOUCH_IN_WINDOW"] += value;
      return;
    }
    const [reach, { inReach, share, converted }] = [reaches[which]!, banks[which]!];
    tally.touched += value;
    const of = splitOf(reach.conversion, journey);
    inReach.reach(reach.from);
    if (isListed) writeCounting(touch.dedup, reach.met, { from: reach.from, into: counting });
    share(tally, { value, split: of, reach, journey, counting });
    converted?.add(tally.paths, { from: reach.from, split: of, conversions: 1, value });
  }
  const begin = () => {
    for (const { inReach } of banks) inReach.begin();
  };
  const end = ({ paths }: CreditTally) => {
    for (const { converted } of banks) converted?.end(paths);
  };
  return { worth, conversion, begin, end };
}
