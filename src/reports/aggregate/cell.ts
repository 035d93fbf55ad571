import type { Dictionaries } from "../../journeys/dictionary.ts";
import { type CellOf, noSuchCell, wrongCell } from "../people.ts";
import type { AggregatePlan } from "./aggregate.fold.ts";
import { type AggregateCell, aggregateBehind } from "./behind.ts";
import type { AggregateCellInput } from "./cell.type.ts";
import { ALL, FIRST_ROW, shownOf, THE_REST } from "./groups.ts";
import { namingsOf } from "./naming.ts";
import { type AggregateQuestion, type FoundRow, firstRows, rowsFound } from "./rows.ts";

/** How to count one cell. Which rows there are, and which of them are shown, takes the whole report. */
export async function aggregateCellOf(
  dictionary: Dictionaries,
  question: AggregateQuestion,
  { part, group }: AggregateCellInput,
): Promise<CellOf<AggregatePlan, AggregateCell>> {
  const { plan, input } = question;
  const named = part === "ROW" ? input.groupBy.length : 0;
  if (named > 0 !== group.length > 0) {
    throw wrongCell(part === "ROW" ? "Name the values of the row in `group`." : `${part} is one: leave out \`group\`.`);
  }
  const opened = (rows: readonly FoundRow[], row: number) => ({
    behind: aggregateBehind,
    plan: {
      ...plan,
      measures: [],
      shown: shownOf(
        plan.groups.length,
        rows.map(({ values }) => values),
      ),
    },
    cell: { row },
  });
  if (part === "TOTAL" || (part === "ROW" && named === 0)) return opened([], ALL);
  const tally = await question.count(plan);
  const namings = namingsOf(dictionary, input);
  const found = rowsFound(tally);
  const shown = () => firstRows(found, tally, { ...question, namings });
  if (part === "OTHER") return opened(shown(), THE_REST);
  const nameOf = ({ values }: FoundRow) => values.map((value, place) => namings[place]!.nameOf(value));
  const row = found.find(
    ({ values }) =>
      values.length === group.length && values.every((value, place) => namings[place]!.nameOf(value) === group[place]),
  );
  if (row) return opened([row], FIRST_ROW);
  const listed = (names: readonly (string | null)[]) => names.map((name) => name ?? "null").join(", ");
  throw noSuchCell(
    "row",
    listed(group),
    shown().map((one) => listed(nameOf(one))),
  );
}
