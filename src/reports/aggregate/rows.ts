import { combinationOf } from "../../journeys/combinations.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import type { KnownReport } from "../known.type.ts";
import type { AggregatePlan } from "./aggregate.fold.ts";
import type { AggregateInput, AggregateReportType, AggregateRowType } from "./aggregate.type.ts";
import { ALL, FIRST_ROW, isSeveral, shownOf, THE_REST } from "./groups.ts";
import { compareValues, type GroupNaming, namingsOf } from "./naming.ts";
import { type AggregateTally, combinationsIn } from "./tally.ts";

interface Question {
  input: AggregateInput;
  plan: AggregatePlan;
  count(plan: AggregatePlan): Promise<AggregateTally>;
}

const COUNT = [{ measure: "COUNT" as const }];

/** A row before it has names: its place in the tally, and its value along each group. */
interface Found {
  row: number;
  values: readonly number[];
}

/** The rows that are shown, in order; what the rest of them are together; and all of them. */
export async function reportOf(
  dictionary: Dictionaries,
  { input, plan, count }: Question,
): Promise<Omit<AggregateReportType, keyof KnownReport>> {
  const tally = await count(plan);
  const namings = namingsOf(dictionary, input);
  const found = Array.from({ length: combinationsIn(tally) }, (_, combination) => ({
    row: FIRST_ROW + combination,
    values: combinationOf(tally.combinations, combination),
  }));
  const [shown, cut] = cutAt(found.sort(orderOf(tally, input, namings)), input.first);
  const rowOf = (row: number, values: readonly number[], from = tally): AggregateRowType => ({
    group: values.map((value, place) => ({ by: namings[place]!.by, value: namings[place]!.nameOf(value) })),
    units: from.units[row] ?? 0,
    figures: (input.measures ?? COUNT).map(({ measure }) => ({
      measure,
      value: from.units[row] ?? 0,
      known: from.units[row] ?? 0,
    })),
  });
  const grouped = input.groupBy.length > 0 ? shown.map(({ row, values }) => rowOf(row, values)) : [rowOf(ALL, [])];
  return {
    rows: grouped,
    other: cut.length === 0 ? null : rowOf(THE_REST, [], await restOf({ tally, plan, count }, { shown, cut })),
    total: rowOf(ALL, []),
    combinations: found.length,
  };
}

function cutAt<Item>(items: readonly Item[], place: number): [Item[], Item[]] {
  return [items.slice(0, place), items.slice(place)];
}

/** By the measure that is asked for; of equal ones, and without any, by the values, what is unknown last. */
function orderOf(tally: AggregateTally, { orderBy }: AggregateInput, namings: readonly GroupNaming[]) {
  const isByMeasure = orderBy ? orderBy.measure != null : !namings[0]?.isInOrder;
  const direction = (orderBy ? orderBy.isRising : !isByMeasure) ? 1 : -1;
  return (a: Found, b: Found): number => {
    if (isByMeasure) {
      const order = direction * ((tally.units[a.row] ?? 0) - (tally.units[b.row] ?? 0));
      if (order !== 0) return order;
    }
    for (let place = 0; place < namings.length; place += 1) {
      const order = compareValues(namings[place]!, a.values[place]!, b.values[place]!);
      if (order !== 0) return isByMeasure ? order : direction * order;
    }
    return 0;
  };
}

/** What the rows that are not shown are together. A unit that may be in several of them is counted anew. */
async function restOf(
  { tally, plan, count }: Pick<Question, "plan" | "count"> & { tally: AggregateTally },
  { shown, cut }: { shown: readonly Found[]; cut: readonly Found[] },
): Promise<AggregateTally> {
  if (plan.groups.some(isSeveral)) {
    return count({
      ...plan,
      shown: shownOf(
        plan.groups.length,
        shown.map(({ values }) => values),
      ),
    });
  }
  const units = [0, cut.reduce((sum, { row }) => sum + (tally.units[row] ?? 0), 0)];
  return { ...tally, units };
}
