import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, lengthOf, moneyText, percentOf } from "../parts/format.ts";
import { type CellAsked, opened } from "../reports/cell.tsx";
import type { KpiGroupFields } from "./kpi.query.ts";

/** Compares teams, agents or reasons. */
export function Breakdown({ rows, method }: { rows: KpiLine[]; method: string }) {
  return <DataTable title="Side by side" file="kpis" rows={rows} columns={columnsOf(method)} />;
}

/** The figures of a row, and which row of the report it is. */
export interface KpiLine extends KpiGroupFields {
  facet?: string | null;
}

/** The cell of a figure of a row; of a facet, its name stands before the group. */
export const kpiCell = (figure: string, { facet, group }: Pick<KpiLine, "facet" | "group">): KpiCell => ({
  figure,
  group: group.slice(facet === undefined ? 0 : 1).map(({ value }) => value),
  ...(facet !== undefined && { facet }),
});
type KpiCell = CellAsked<"contactCentreKpis">;

function columnsOf(method: string): Column<KpiLine>[] {
  const level = ({ serviceLevels }: KpiGroupFields) =>
    serviceLevels.find((one) => one.method === method)?.value ?? null;
  const resolved = (kpi: KpiGroupFields) =>
    kpi.firstContactResolution.find((one) => one.method === "FLAG")?.value ?? null;
  const cost = ({ costPerContact }: KpiGroupFields) => (costPerContact.length ? moneyText(costPerContact) : null);
  return [
    { label: "Who or what", value: ({ group }) => groupName(group) },
    column("Contacts", "contacts", countOf, (kpi) => kpi.contacts),
    column("Handled", "handled", countOf, (kpi) => kpi.handled),
    column("Handle time", "averageHandleSeconds", lengthOf, (kpi) => kpi.averageHandleSeconds),
    column("Satisfied", "csatTopTwoBox", percentOf, (kpi) => kpi.csatTopTwoBox),
    column("Resolved at once", "firstContactResolution/FLAG", percentOf, resolved),
    { label: "Cost of a contact", value: cost, isNumber: true },
    column("Service level", `serviceLevels/${method}`, percentOf, level),
    column("Abandoned", "abandonmentRate", percentOf, (kpi) => kpi.abandonmentRate),
    column("Answered after", "averageSpeedOfAnswerSeconds", lengthOf, (kpi) => kpi.averageSpeedOfAnswerSeconds),
    column("Transferred", "transferRate", percentOf, (kpi) => kpi.transferRate),
  ];
}

/** What the contacts of a row have in common. */
export const groupName = (group: KpiGroupFields["group"]) =>
  group.map(({ value, allocation }) => value ?? (allocation ? "nothing before it" : "not said")).join(", ");

/** A figure that opens whoever is behind it. */
function column(
  label: string,
  figure: string,
  ...[format, value]: [(value: number | null) => string, (kpi: KpiLine) => number | null]
): Column<KpiLine> {
  return opened<KpiLine>({ label, value, shown: (kpi) => format(value(kpi)), isNumber: true }, (kpi) =>
    kpiCell(figure, kpi),
  );
}
