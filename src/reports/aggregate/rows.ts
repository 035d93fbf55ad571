import { combinationOf } from "../../journeys/combinations.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { firstOf } from "../../kit/first.ts";
import type { KnownReport } from "../known.type.ts";
import type { AggregatePlan } from "./aggregate.fold.ts";
import type { AggregateInput, AggregateReportType, AggregateRowType } from "./aggregate.type.ts";
import { figureOf, figuresOfRow } from "./figures.ts";
import { ALL, FIRST_ROW, isSeveral, shownOf, THE_REST } from "./groups.ts";
import type { AggregateMeasureInput } from "./measure.type.ts";
import { addsUp } from "./measures.ts";
import { compareValues, type GroupNaming, namingsOf } from "./naming.ts";
import { type AggregateTally, addRows, combinationsIn, noUnits } from "./tally.ts";

export interface AggregateQuestion {
  input: AggregateInput;
  measures: readonly AggregateMeasureInput[];
  plan: AggregatePlan;
  count(plan: AggregatePlan): Promise<AggregateTally>;
}

/** A row before it has names: its place in the tally, and its value along each group. */
export interface FoundRow {
  row: number;
  values: readonly number[];
}

/** The rows that are shown, in order; what the rest of them are together; and all of them. */
export async function reportOf(
  dictionary: Dictionaries,
  question: AggregateQuestion,
): Promise<Omit<AggregateReportType, keyof KnownReport>> {
  const { input, measures, plan, count } = question;
  const tally = await count(plan);
  const namings = namingsOf(dictionary, input);
  const found = rowsFound(tally);
  const shown = firstRows(found, tally, { ...question, namings });
  const rowOf = ({ row, values }: FoundRow, from = tally): AggregateRowType => ({
    group: values.map((value, place) => ({ by: namings[place]!.by, value: namings[place]!.nameOf(value) })),
    units: from.units[row] ?? 0,
    figures: figuresOfRow(from, measures, row),
  });
  const total = rowOf({ row: ALL, values: [] });
  const rest = shown.length < found.length ? await restOf(question, tally, shown) : null;
  return {
    rows: input.groupBy.length > 0 ? shown.map((one) => rowOf(one)) : [total],
    other: rest && rowOf({ row: THE_REST, values: [] }, rest),
    total,
    combinations: found.length,
  };
}

/** Every row, in no order. */
export const rowsFound = (tally: AggregateTally): FoundRow[] =>
  Array.from({ length: combinationsIn(tally) }, (_, combination) => ({
    row: FIRST_ROW + combination,
    values: combinationOf(tally.combinations, combination),
  }));

interface Order extends Pick<AggregateQuestion, "input" | "measures"> {
  namings: readonly GroupNaming[];
}

/** The rows that are shown, in order. */
export const firstRows = (found: readonly FoundRow[], tally: AggregateTally, order: Order): FoundRow[] =>
  firstOf(found, order.input.first, orderOf(tally, order));

/** By the measure that is asked for; of equal ones, and without any, by the values. What is unknown is last. */
function orderOf(
  tally: AggregateTally,
  { input: { orderBy }, measures, namings }: Order,
): (a: FoundRow, b: FoundRow) => number {
  const place = orderBy ? (orderBy.measure ?? null) : namings[0]?.isInOrder ? null : 0;
  const direction = (orderBy ? orderBy.isRising : place === null) ? 1 : -1;
  // Once a row, not once a comparison.
  const figures =
    place === null ? [] : tally.units.map((_, row) => figureOf(tally, { place, measure: measures[place]! }, row).value);
  return (a, b) => {
    if (place !== null) {
      const order = compareFigures(figures[a.row] ?? null, figures[b.row] ?? null, direction);
      if (order !== 0) return order;
    }
    for (let group = 0; group < namings.length; group += 1) {
      const values = [a.values[group]!, b.values[group]!] as const;
      const order = compareValues(namings[group]!, values, place === null ? direction : 1);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareFigures(a: number | null, b: number | null, direction: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return direction * (a - b);
}

/** What the rows that are not shown are together: added up where that says it, else counted anew. */
async function restOf(
  { plan, count }: AggregateQuestion,
  tally: AggregateTally,
  shown: readonly FoundRow[],
): Promise<AggregateTally> {
  if (plan.groups.some(isSeveral) || !plan.measures.every(addsUp)) {
    const keys = shown.map(({ values }) => values);
    return count({ ...plan, shown: shownOf(plan.groups.length, keys) });
  }
  const rest = noUnits(plan);
  const rows = new Set(shown.map(({ row }) => row));
  addRows(rest, tally, (row) => (row === ALL ? ALL : rows.has(row) ? FIRST_ROW : THE_REST));
  return rest;
}
