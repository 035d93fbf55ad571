import { behindFold } from "../../journeys/behind.ts";
import { aggregateFold } from "./aggregate.fold.ts";

/** The place of the cell's row in a tally that counts it alone. */
export interface AggregateCell {
  row: number;
}

export const aggregateBehind = behindFold({
  fold: aggregateFold,
  take(tally, { row }: AggregateCell) {
    const units = tally.units[row] ?? 0;
    if (units > 0) tally.units[row] = 0;
    return units;
  },
});
