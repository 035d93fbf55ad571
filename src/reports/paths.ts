import { compileAudience } from "../journeys/audience.ts";
import type { Partition } from "../journeys/columns.ts";
import type { CountedPlan } from "../journeys/counted.ts";
import type { Journey } from "../journeys/fold.ts";
import { compileMatcher } from "../journeys/matcher.ts";
import { type CutPlan, compileCut } from "../journeys/sender-sessions.ts";
import { noSession } from "../journeys/sessions.ts";
import { addSums, clearSums, noSums, placeAmong, type Sums } from "../journeys/sums.ts";
import { creditKeyOf, itemAndSplitOf } from "./credit-key.ts";
import type { InReach } from "./in-reach.ts";
import type { TouchDedup } from "./model.type.ts";
import {
  addTouch,
  compileFallback,
  compileTouch,
  noTouches,
  type Touches,
  type TouchPlan,
  writeCounting,
} from "./touches.ts";

/** What became of the journeys that touched the same items. */
interface Ends {
  /** Of the conversions; -1 for none, and for journeys without one. */
  split: number;
  conversions: number;
  /** What the conversions are worth together. */
  value: number;
  misses: number;
}

/** What is learned from the paths of journeys. To keep each path takes a memory that grows with the square of a journey. */
export interface Paths {
  /** Of each split and the items touched, rising, as numbers in a text. */
  sets: Map<string, Ends>;
  /** Of each way, from one item to the next: how many journeys went it, and how many conversions it ends with. */
  ways: Sums;
  /** More than the number of any text. */
  texts: number;
}

/** Where a path begins, and what follows its last item. */
const OUTSIDE = -1;

export const noPaths = (texts: number): Paths => ({ sets: new Map(), ways: noSums(2), texts });

export function clearPaths({ sets, ways }: Paths): void {
  sets.clear();
  clearSums(ways);
}

/** The items of a set. */
export const itemsIn = (set: string): number[] => set.split(" ").slice(1).map(Number);

export function addPaths({ sets, ways }: Paths, later: Paths): void {
  for (const [set, ends] of later.sets) add(sets, set, ends);
  addSums(ways, later.ways);
}

function add(sets: Paths["sets"], set: string, { split, conversions, value, misses }: Ends): void {
  const known = sets.get(set);
  if (!known) {
    sets.set(set, { split, conversions, value, misses });
    return;
  }
  known.conversions += conversions;
  known.value += value;
  known.misses += misses;
}

function addSet({ sets }: Paths, items: readonly number[], ends: Ends): void {
  add(sets, `${ends.split} ${items.toSorted((a, b) => a - b).join(" ")}`, ends);
}

interface Taken {
  journeys: number;
  conversions: number;
}

function addWay({ ways, texts }: Paths, [from, to]: readonly [number, number], { journeys, conversions }: Taken): void {
  const place = placeAmong(ways, creditKeyOf(from + 1, to, { texts })) * ways.width;
  ways.values.values[place]! += journeys;
  ways.values.values[place + 1]! += conversions;
}

/** Adds every way of a path, whose items are in its order. */
function addWays(paths: Paths, items: ArrayLike<number>, conversions: number): void {
  for (let i = 0; i <= items.length; i += 1) {
    const isLast = i === items.length;
    const way = [i === 0 ? OUTSIDE : items[i - 1]!, isLast ? OUTSIDE : items[i]!] as const;
    addWay(paths, way, { journeys: 1, conversions: isLast ? conversions : 0 });
  }
}

/** All ways, in numbers. */
export const waysIn = ({ ways, texts }: Paths) =>
  Array.from({ length: ways.keys.length }, (_, i) => {
    const { item, split } = itemAndSplitOf(ways.keys.values[i]!, { texts });
    const place = i * ways.width;
    const [journeys, conversions] = [ways.values.values[place]!, ways.values.values[place + 1]!];
    return { from: item - 1, to: split, journeys, conversions };
  });

/**
 * What adds the paths of a journey's conversions. Of a conversion only the items and the ends of its path are looked at: on
 * the ways between, it is counted where its path begins and ends, and all of them are added up when the journey is over.
 */
export function compileConverted(dedup: TouchDedup, met: Touches, inReach: InReach) {
  const isOneOfMany = dedup === "FIRST" || dedup === "LAST";
  /** Of each touch: how many paths go on from it more than from the one before. */
  const goingOn: number[] = [];
  return {
    add(paths: Paths, { from, ...ends }: Omit<Ends, "misses"> & { from: number }): void {
      addSet(paths, inReach.items.slice(0, inReach.size), { ...ends, misses: 0 });
      if (isOneOfMany) {
        addWays(paths, inReach.itemsInOrder(), ends.conversions);
        return;
      }
      while (goingOn.length < met.length) goingOn.push(0);
      const last = met.length - 1;
      goingOn[from]! += 1;
      goingOn[last]! -= 1;
      addWay(paths, [OUTSIDE, met.items[from]!], { journeys: 1, conversions: 0 });
      addWay(paths, [met.items[last]!, OUTSIDE], { journeys: 1, conversions: ends.conversions });
    },
    /** The journey is over. */
    end(paths: Paths): void {
      let journeys = 0;
      for (let touch = 0; touch < goingOn.length - 1; touch += 1) {
        journeys += goingOn[touch]!;
        const [item, next] = [met.items[touch]!, met.items[touch + 1]!];
        if (journeys === 0 || (dedup === "CONSECUTIVE" && item === next)) continue;
        addWay(paths, [item, next], { journeys, conversions: 0 });
      }
      goingOn.length = 0;
    },
  };
}

const MISS: Ends = { split: -1, conversions: 0, value: 0, misses: 1 };

interface MissesPlan extends CutPlan {
  conversions: CountedPlan;
  touch: TouchPlan;
}

/**
 * What adds the journeys without a conversion: sessions of the period, or all that a customer did in it, with touches and
 * no conversion, counted or not.
 */
export function compileMisses(partition: Partition, { conversions, touch, ...cut }: MissesPlan) {
  const { at } = partition.events;
  const { from, to } = conversions;
  const { next, isIn } = compileCut(partition, cut, to);
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
        if (at[event]! < from || (isIn && !isIn(event))) continue;
        hasConverted = isConversion(event, journey);
        const item = touchOf(event, journey);
        if (item !== -1) addTouch(isFallback(event, journey) ? spare : others, event, { item, at: at[event]! });
      }
      const met = others.length > 0 ? others : spare;
      if (hasConverted || met.length === 0) continue;
      writeCounting(touch.dedup, met, { from: 0, into: counting });
      const path = counting.items.subarray(0, counting.length);
      addSet(paths, [...new Set(path)], MISS);
      addWays(paths, path, 0);
    }
  };
}
