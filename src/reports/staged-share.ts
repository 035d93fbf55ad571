import type { Partition } from "../journeys/columns.ts";
import type { Journey } from "../journeys/fold.ts";
import { compileMatcher, type MatcherPlan } from "../journeys/matcher.ts";
import type { CreditRule } from "./credit-rule.ts";
import type { InReach } from "./in-reach.ts";
import type { Reach } from "./no-touch.ts";
import type { Touches } from "./touches.ts";

export type StagedRule = Extract<CreditRule, { kind: "STAGED" }>;

/** A conversion, and its touches that count. */
export interface StagedConversion {
  reach: Reach;
  journey: Journey;
  counting: Touches;
}

/** What writes the share of each item in reach, by its slot: all touches are looked at again for each conversion. */
export function compileStaged(partition: Partition, rule: StagedRule, stages: readonly MatcherPlan[]) {
  const begins = stages.map((stage) => compileMatcher(partition, stage));
  const starts = new Int32Array(stages.length);
  let ofTouches = new Float64Array(64);
  return ({ reach, journey, counting }: StagedConversion, inReach: InReach, shares: Float64Array): void => {
    begins.forEach((isMeant, stage) => {
      let event = reach.start;
      while (event <= reach.conversion && !isMeant(event, journey)) event += 1;
      starts[stage] = event > reach.conversion ? -1 : event;
    });
    if (ofTouches.length < counting.length) ofTouches = new Float64Array(counting.length * 2);
    writeStaged(rule, counting, { starts, shares: ofTouches });
    shares.fill(0, 0, inReach.size);
    for (let touch = 0; touch < counting.length; touch += 1) {
      shares[inReach.slotOfItem(counting.items[touch]!)]! += ofTouches[touch]!;
    }
  };
}

interface Staged {
  /** The event that each stage begins with; -1 for none in reach. */
  starts: Int32Array;
  /** Of each touch. */
  shares: Float64Array;
}

/** A position without a touch, and a middle without touches, is shared evenly by the positions that have one. */
export function writeStaged(
  { first, stage, last, middle }: StagedRule,
  { length, events }: Touches,
  { starts, shares }: Staged,
): void {
  const held: { touch: number; weight: number }[] = [{ touch: 0, weight: first }];
  for (const start of starts) {
    let touch = length - 1;
    while (touch >= 0 && events[touch]! > start) touch -= 1;
    if (touch >= 0) held.push({ touch, weight: stage });
  }
  if (last > 0) held.push({ touch: length - 1, weight: last });
  const holders = new Set(held.map(({ touch }) => touch));
  const others = length - holders.size;
  const all = first + stage * starts.length + last + middle;
  const given = held.reduce((sum, { weight }) => sum + weight, others > 0 ? middle : 0);
  for (let touch = 0; touch < length; touch += 1) shares[touch] = holders.has(touch) ? 0 : middle / all / others;
  for (const { touch, weight } of held) shares[touch]! += (weight + (all - given) / held.length) / all;
}
