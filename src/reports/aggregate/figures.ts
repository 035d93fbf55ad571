import { ALL } from "./groups.ts";
import type { AggregateFigureType, AggregateMeasureInput } from "./measure.type.ts";
import { type MeasureTally, statsOf } from "./measures.ts";
import type { AggregateTally } from "./tally.ts";

/** What was asked of a row. */
export const figuresOfRow = (
  tally: AggregateTally,
  measures: readonly AggregateMeasureInput[],
  row: number,
): AggregateFigureType[] => measures.map((measure, place) => figureOf(tally, { place, measure }, row));

export function figureOf(
  tally: AggregateTally,
  { place, measure: asked }: { place: number; measure: AggregateMeasureInput },
  row: number,
): AggregateFigureType {
  const { measure } = asked;
  const of = asked.number ?? asked.attribute ?? asked.dimension ?? null;
  const units = tally.units[row] ?? 0;
  const stated = statsOf(tally.measures[place]!, row);
  const known = of === null && measure !== "CUSTOMERS" ? units : stated.known;
  return { measure, of, value: toldOf(tally, { place, asked, of }, row), known };
}

function toldOf(
  tally: AggregateTally,
  { place, asked, of }: { place: number; asked: AggregateMeasureInput; of: string | null },
  row: number,
): number | null {
  const own = tally.measures[place]!;
  const { known, least, most } = statsOf(own, row);
  const sum = sumOf(own, row);
  switch (asked.measure) {
    case "COUNT":
      return of === null ? (tally.units[row] ?? 0) : known;
    case "CUSTOMERS":
      return known;
    case "DISTINCT":
      return own.told?.[row] ?? 0;
    case "SUM":
      return known === 0 ? null : sum;
    case "AVERAGE":
      return known === 0 ? null : sum / known;
    case "MIN":
      return known === 0 ? null : least;
    case "MAX":
      return known === 0 ? null : most;
    case "MEDIAN":
    case "PERCENTILE":
      return own.told?.[row] ?? null;
    case "SHARE": {
      const [part, all] = of === null ? [tally.units[row] ?? 0, tally.units[ALL] ?? 0] : [sum, sumOf(own, ALL)];
      return all === 0 ? null : part / all;
    }
  }
}

function sumOf(measure: MeasureTally, row: number): number {
  const { sum, lost } = statsOf(measure, row);
  return sum + lost;
}
