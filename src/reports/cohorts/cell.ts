import { behindFold } from "../../journeys/behind.ts";
import { clearSums, placeInSums } from "../../journeys/sums.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { CohortCellInput, CohortFigure } from "./cell.type.ts";
import { cohortsFold, offsetPlace } from "./cohorts.fold.ts";

interface CohortCell {
  cohort: number;
  figure: CohortFigure;
  offset: number;
}

export const cohortsBehind = behindFold({
  fold: cohortsFold,
  take(tally, { cohort, figure, offset }: CohortCell, plan) {
    const base = placeInSums(tally, cohort);
    const numbers = tally.values.values;
    const place = base + offsetPlace(offset, plan);
    const share = () => {
      switch (figure) {
        case "CUSTOMERS":
          return numbers[base]!;
        case "ELIGIBLE":
          return numbers[place]!;
        case "RETURNED":
          return numbers[place + 1]!;
        case "CHURNED":
          return numbers[place]! - numbers[place + 1]!;
      }
    };
    const taken = base === -1 ? 0 : share();
    clearSums(tally);
    return taken;
  },
});

interface Cohorts {
  /** When each interval begins. */
  starts: readonly Date[];
  /** With a dimension, its values. */
  values: readonly { cohort: number; value: string | null }[] | null;
}

export function cohortCellOf(
  { starts, values }: Cohorts,
  { start, value, figure, offset }: CohortCellInput,
): CohortCell {
  if ((figure === "CUSTOMERS") !== (offset == null)) {
    throw wrongCell(offset == null ? `Name the \`offset\` of ${figure}.` : "CUSTOMERS has no `offset`: leave it out.");
  }
  if (offset != null && (offset === 0 || Math.abs(offset) >= starts.length)) {
    throw wrongCell(`Name an \`offset\` from 1 to ${starts.length - 1}, or less than 0 for intervals before.`);
  }
  return { cohort: cohortOf({ starts, values }, { start, value }), figure, offset: offset ?? 0 };
}

function cohortOf({ starts, values }: Cohorts, { start, value }: Pick<CohortCellInput, "start" | "value">): number {
  if (values) {
    if (start != null) throw wrongCell("Cohorts by a `dimension` have no `start`: name the row's `value`.");
    const row = values.find((each) => each.value === (value ?? null));
    if (row) return row.cohort;
    throw noSuchCell(
      "row",
      value ?? null,
      values.map((each) => each.value),
    );
  }
  const place = starts.findIndex((each) => each.getTime() === start?.getTime());
  if (place !== -1 && value == null) return place;
  throw noSuchCell(
    "row that starts at",
    start?.toISOString() ?? null,
    starts.map((each) => each.toISOString()),
  );
}
