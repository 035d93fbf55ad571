import type { Cell } from "../../kit/table.ts";
import type { ReportTable } from "../declaration.ts";
import type { AggregateInput, AggregateReportType } from "./aggregate.type.ts";

export const aggregateTable: ReportTable<AggregateReportType, AggregateInput> = {
  about:
    "`part` ROW is a combination of values, OTHER all that are not shown, TOTAL all units. A column for each of `groupBy`, and one for each of `measures`, named as they are and numbered where two are named the same.",

  of({ rows, other, total }) {
    const groups = numbered((rows[0]?.group ?? []).map(({ by }) => by));
    const measures = numbered(total.figures.map(({ measure, of }) => (of === null ? measure : `${measure} ${of}`)));
    const cellsOf = (part: string, { group, units, figures }: (typeof rows)[number]): Record<string, Cell> => ({
      part,
      units,
      ...Object.fromEntries(group.map(({ value }, place) => [groups[place]!, value])),
      ...Object.fromEntries(figures.map(({ value }, place) => [measures[place]!, value])),
    });
    return {
      columns: ["part", ...groups, "units", ...measures],
      rows: [
        ...rows.map((row) => cellsOf("ROW", row)),
        ...(other ? [cellsOf("OTHER", other)] : []),
        cellsOf("TOTAL", total),
      ],
    };
  },
};

/** The same names, with a number behind those that came before. */
function numbered(names: readonly string[]): string[] {
  return names.map((name, place) => {
    const before = names.slice(0, place).filter((other) => other === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}
