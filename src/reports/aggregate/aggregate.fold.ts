import type { Fold, Journey } from "../../journeys/fold.ts";
import { compileRows, type GroupPlan, type Shown } from "./groups.ts";
import { compileMeasure, type MeasurePlan } from "./measures.ts";
import {
  type AggregateTally,
  addTally,
  addUnits,
  combinationsIn,
  concluded,
  MOST_COMBINATIONS,
  noUnits,
} from "./tally.ts";
import { compileUnits, type Unit, type UnitPlan } from "./units.ts";

/** What was asked, in numbers. */
export interface AggregatePlan {
  units: UnitPlan;
  groups: readonly GroupPlan[];
  measures: readonly MeasurePlan[];
  /** The combinations that have rows; all others are one row together. */
  shown: Shown;
}

/** Units by the combination of their values, and all of them together. */
export const aggregateFold: Fold<AggregatePlan, AggregateTally> = {
  name: "aggregate",
  empty: noUnits,
  over(partition, plan) {
    const each = compileUnits(partition, plan.units);
    const rowsOf = compileRows(partition, plan);
    const measures = plan.measures.map((measure) => compileMeasure(partition, measure));
    const add = (unit: Unit, journey: Journey, tally: AggregateTally): void => {
      const rows = rowsOf(tally.combinations, unit, journey);
      for (let at = 0; at < rows.length; at += 1) addUnits(tally, rows[at]!, 1);
      for (let i = 0; i < measures.length; i += 1) {
        const addTo = measures[i]!(unit, journey);
        for (let at = 0; at < rows.length; at += 1) addTo(tally.measures[i]!, rows[at]!);
      }
    };
    return (tally, journey) => {
      if (tally.isFull) return;
      each(journey, (unit) => add(unit, journey, tally));
      tally.isFull = combinationsIn(tally) > MOST_COMBINATIONS;
    };
  },
  merge: addTally,
  conclude: concluded,
};
