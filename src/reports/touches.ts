import type { Partition } from "../journeys/columns.ts";
import type { IsMeant } from "../journeys/fold.ts";
import { compileMatcher, type MatcherPlan } from "../journeys/matcher.ts";
import { compileValues, type Values, type ValuesPlan } from "../journeys/values.ts";
import type { TouchDedup } from "./model.type.ts";

/** Which events may get credit, and by what it is added up. */
export interface TouchPlan {
  touches: MatcherPlan;
  exclude: MatcherPlan | null;
  /** Touches that count only where no other is in reach. */
  fallback: MatcherPlan | null;
  item: ValuesPlan;
  dedup: TouchDedup;
}

/** What an event is credited by; -1 where it may get none. */
export function compileTouch(partition: Partition, plan: TouchPlan): Values {
  const isMeant = compileMatcher(partition, plan.touches);
  const isLeftOut: IsMeant = plan.exclude ? compileMatcher(partition, plan.exclude) : () => false;
  const { read, listed } = compileValues(partition, plan.item);
  return {
    read: (event, journey) => (isMeant(event, journey) && !isLeftOut(event, journey) ? read(event, journey) : -1),
    listed,
  };
}

/** Whether a touch counts only where no other is in reach. */
export function compileFallback(partition: Partition, { fallback }: TouchPlan): IsMeant {
  return fallback ? compileMatcher(partition, fallback) : () => false;
}

/** Touches in order: the first `length` of each. */
export interface Touches {
  length: number;
  events: Int32Array;
  items: Int32Array;
  at: Float64Array;
}

export function noTouches(): Touches {
  return { length: 0, events: new Int32Array(64), items: new Int32Array(64), at: new Float64Array(64) };
}

export function addTouch(touches: Touches, event: number, { item, at }: { item: number; at: number }): void {
  if (touches.length === touches.events.length) grow(touches);
  touches.events[touches.length] = event;
  touches.items[touches.length] = item;
  touches.at[touches.length] = at;
  touches.length += 1;
}

/** Writes those touches from one on that count within one conversion, or one path. */
export function writeCounting(
  dedup: TouchDedup,
  touches: Touches,
  { from, into }: { from: number; into: Touches },
): void {
  into.length = 0;
  const counts = countsBy(dedup, touches, from);
  for (let i = from; i < touches.length; i += 1) {
    if (counts(i)) addTouch(into, touches.events[i]!, { item: touches.items[i]!, at: touches.at[i]! });
  }
}

function countsBy(dedup: TouchDedup, { items, length }: Touches, from: number): (i: number) => boolean {
  switch (dedup) {
    case "NONE":
      return () => true;
    case "CONSECUTIVE":
      return (i) => i === from || items[i] !== items[i - 1];
    case "FIRST": {
      const seen = new Set<number>();
      return (i) => !seen.has(items[i]!) && Boolean(seen.add(items[i]!));
    }
    case "LAST": {
      const last = new Map<number, number>();
      for (let i = from; i < length; i += 1) last.set(items[i]!, i);
      return (i) => last.get(items[i]!) === i;
    }
  }
}

function grow(touches: Touches): void {
  const { events, items, at } = touches;
  touches.events = new Int32Array(events.length * 2);
  touches.items = new Int32Array(items.length * 2);
  touches.at = new Float64Array(at.length * 2);
  touches.events.set(events);
  touches.items.set(items);
  touches.at.set(at);
}
