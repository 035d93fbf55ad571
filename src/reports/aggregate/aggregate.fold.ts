import type { Fold } from "../../journeys/fold.ts";
import { compileRows, type GroupPlan, type Shown } from "./groups.ts";
import { type AggregateTally, addTally, addUnit, combinationsIn, MOST_COMBINATIONS, noUnits } from "./tally.ts";
import { compileUnits, type UnitPlan } from "./units.ts";

/** What was asked, in numbers. */
export interface AggregatePlan {
  units: UnitPlan;
  groups: readonly GroupPlan[];
  /** The combinations that have rows; all others are one row together. */
  shown: Shown;
}

/** Units by the combination of their values, and all of them together. */
export const aggregateFold: Fold<AggregatePlan, AggregateTally> = {
  name: "aggregate",
  empty: ({ groups, shown }) => noUnits(groups.length, shown),
  over(partition, plan) {
    const each = compileUnits(partition, plan.units);
    const rowsOf = compileRows(partition, plan);
    return (tally, journey) => {
      if (tally.isFull) return;
      each(journey, (unit) => {
        for (const row of rowsOf(tally.combinations, unit, journey)) addUnit(tally, row);
      });
      tally.isFull = combinationsIn(tally) > MOST_COMBINATIONS;
    };
  },
  merge: addTally,
};
