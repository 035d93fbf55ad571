import type { Partition } from "../journeys/columns.ts";
import type { ReadValue } from "../journeys/dimension.ts";
import type { Journey } from "../journeys/fold.ts";
import { type CutPlan, type IsIn, isCut } from "../journeys/sender-sessions.ts";
import { compileValues, type ValuesPlan } from "../journeys/values.ts";
import type { Touches } from "./touches.ts";

/** Where a conversion stands in its journey. */
export interface Reach {
  conversion: number;
  /** The first event in reach. */
  start: number;
  /** All touches that may get credit up to the conversion, and the first of them in reach. */
  met: Touches;
  from: number;
}

/** Why a conversion has no touch. */
export type NoTouch = "NO_IDENTITY" | "NO_TOUCH_IN_WINDOW" | "OUT_OF_SESSION" | "EXCLUDED_BY_FILTER";

interface ReachPlan extends CutPlan {
  touch: { item: ValuesPlan };
  lookback: number;
}

/** What says why a conversion of somebody has no touch. The conversion itself is no touch left out. */
export function compileReason(
  partition: Partition,
  { touch, lookback, ...cut }: ReachPlan,
  { touchOf, isIn }: { touchOf: ReadValue; isIn: IsIn },
) {
  const { at } = partition.events;
  const { read: itemOf } = compileValues(partition, touch.item);
  /** Of what was met, the touches of other sessions may come after the conversion. */
  const isTouchedAmong = (journey: Journey, conversion: number): boolean => {
    for (let event = conversion - 1; event >= journey.from && at[event]! >= at[conversion]! - lookback; event -= 1) {
      if (touchOf(event, journey) !== -1) return true;
    }
    return false;
  };
  return (journey: Journey, { conversion, start, met, from }: Reach): NoTouch => {
    for (let event = conversion - 1; event >= start; event -= 1) {
      if ((!isIn || isIn(event)) && itemOf(event, journey) !== -1) return "EXCLUDED_BY_FILTER";
    }
    if (!isCut(cut)) return "NO_TOUCH_IN_WINDOW";
    const isEarlier = isIn
      ? isTouchedAmong(journey, conversion)
      : from > 0 && met.at[from - 1]! >= at[conversion]! - lookback;
    return isEarlier ? "OUT_OF_SESSION" : "NO_TOUCH_IN_WINDOW";
  };
}

/** Leaves behind what lies before the lookback. */
export function advance(reach: Reach, since: number, at: Float64Array): void {
  while (at[reach.start]! < since) reach.start += 1;
  while (reach.from < reach.met.length && reach.met.at[reach.from]! < since) reach.from += 1;
}
