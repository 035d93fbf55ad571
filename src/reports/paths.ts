import { compileAudience } from "../journeys/audience.ts";
import type { Partition } from "../journeys/columns.ts";
import type { CountedPlan } from "../journeys/counted.ts";
import type { Journey } from "../journeys/fold.ts";
import { compileMatcher } from "../journeys/matcher.ts";
import { noSession, sessionsOf } from "../journeys/sessions.ts";
import {
  addTouch,
  compileFallback,
  compileTouch,
  noTouches,
  type Touches,
  type TouchPlan,
  writeCounting,
} from "./touches.ts";

/** What became of the journeys along one path. */
interface Ends {
  /** Of the conversions; -1 for none, and for journeys without one. */
  split: number;
  conversions: number;
  /** What the conversions are worth together. */
  value: number;
  misses: number;
}

/** Of each split and the items in their order, repeats included, as numbers in a text. */
export type Paths = Map<string, Ends>;

/** The items of a path. */
export const itemsAlong = (path: string): number[] => path.split(" ").slice(1).map(Number);

export function addPath(paths: Paths, { length, items }: Touches, ends: Ends): void {
  add(paths, `${ends.split} ${items.subarray(0, length).join(" ")}`, ends);
}

export function addPaths(paths: Paths, later: Paths): void {
  for (const [path, ends] of later) add(paths, path, ends);
}

function add(paths: Paths, path: string, { split, conversions, value, misses }: Ends): void {
  const known = paths.get(path);
  if (!known) {
    paths.set(path, { split, conversions, value, misses });
    return;
  }
  known.conversions += conversions;
  known.value += value;
  known.misses += misses;
}

const MISS: Ends = { split: -1, conversions: 0, value: 0, misses: 1 };

interface MissesPlan {
  conversions: CountedPlan;
  touch: TouchPlan;
  timeout: number;
}

/**
 * What adds the journeys without a conversion: sessions of the period, or all that a customer did in it, with touches and
 * no conversion, counted or not.
 */
export function compileMisses(partition: Partition, { conversions, touch, timeout }: MissesPlan) {
  const { at } = partition.events;
  const { from, to } = conversions;
  const next = sessionsOf(partition, { timeout, until: to });
  const session = noSession();
  const isOf = compileAudience(partition, conversions.audience);
  const isConversion = compileMatcher(partition, conversions.matcher);
  const { read: touchOf } = compileTouch(partition, touch);
  const isFallback = compileFallback(partition, touch);
  const [others, spare, counting] = [noTouches(), noTouches(), noTouches()];
  return (paths: Paths, journey: Journey): void => {
    if (!isOf(journey)) return;
    session.to = journey.from;
    while (next(session, journey)) {
      others.length = 0;
      spare.length = 0;
      let hasConverted = false;
      for (let event = session.from; event < session.to && !hasConverted; event += 1) {
        if (at[event]! < from) continue;
        hasConverted = isConversion(event, journey);
        const item = touchOf(event, journey);
        if (item !== -1) addTouch(isFallback(event, journey) ? spare : others, event, { item, at: at[event]! });
      }
      const met = others.length > 0 ? others : spare;
      if (hasConverted || met.length === 0) continue;
      writeCounting(touch.dedup, met, { from: 0, into: counting });
      addPath(paths, counting, MISS);
    }
  };
}
