import type { Partition } from "./columns.ts";
import type { Journey } from "./fold.ts";
import { compileMatcher, type MatcherPlan } from "./matcher.ts";

/** The first event from one place on, and before another, that is meant; the other place where none is. */
export type Seek = (from: number, to: number, journey: Journey) => number;

/** Most matchers ask one column: a loop over it takes a quarter of what asking a function of each event does. */
export function compileSeek(partition: Partition, plan: MatcherPlan): Seek {
  const [condition] = plan;
  if (condition === undefined) return (from) => from;
  if (plan.length === 1 && (condition.of === "kind" || condition.of === "channel")) {
    const column = partition.events[condition.of];
    const { meant } = condition;
    return (from, to) => {
      let event = from;
      while (event < to && meant[column[event]!] !== 1) event += 1;
      return event;
    };
  }
  const isMeant = compileMatcher(partition, plan);
  return (from, to, journey) => {
    let event = from;
    while (event < to && !isMeant(event, journey)) event += 1;
    return event;
  };
}

/** The first of some events, which lie in the order of time, that is not before an instant; `to` where none is. */
export function firstSince(at: Float64Array, instant: number, { from, to }: { from: number; to: number }): number {
  if (from === to || at[from]! >= instant) return from;
  if (at[to - 1]! < instant) return to;
  let [before, since] = [from, to - 1];
  while (since - before > 1) {
    const middle = (before + since) >>> 1;
    if (at[middle]! < instant) before = middle;
    else since = middle;
  }
  return since;
}
