import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, lengthOf, moneyText, percentOf } from "../parts/format.ts";
import type { KpiGroupFields } from "./kpi.query.ts";

/** Compares teams, agents or reasons. */
export function Breakdown({ rows, method }: { rows: KpiGroupFields[]; method: string }) {
  return <DataTable title="Side by side" file="kpis" rows={rows} columns={columnsOf(method)} />;
}

function columnsOf(method: string): Column<KpiGroupFields>[] {
  const level = ({ serviceLevels }: KpiGroupFields) =>
    serviceLevels.find((one) => one.method === method)?.value ?? null;
  const resolved = (kpi: KpiGroupFields) =>
    kpi.firstContactResolution.find((one) => one.method === "FLAG")?.value ?? null;
  const cost = ({ costPerContact }: KpiGroupFields) => (costPerContact.length ? moneyText(costPerContact) : null);
  return [
    { label: "Who or what", value: ({ group }) => groupName(group) },
    column("Contacts", countOf, (kpi) => kpi.contacts),
    column("Handled", countOf, (kpi) => kpi.handled),
    column("Handle time", lengthOf, (kpi) => kpi.averageHandleSeconds),
    column("Satisfied", percentOf, (kpi) => kpi.csatTopTwoBox),
    column("Resolved at once", percentOf, resolved),
    { label: "Cost of a contact", value: cost, isNumber: true },
    column("Service level", percentOf, level),
    column("Abandoned", percentOf, (kpi) => kpi.abandonmentRate),
    column("Answered after", lengthOf, (kpi) => kpi.averageSpeedOfAnswerSeconds),
    column("Transferred", percentOf, (kpi) => kpi.transferRate),
  ];
}

/** What the contacts of a row have in common. */
export const groupName = (group: KpiGroupFields["group"]) =>
  group.map(({ value, allocation }) => value ?? (allocation ? "nothing before it" : "not said")).join(", ");

function column(
  label: string,
  format: (value: number | null) => string,
  value: (kpi: KpiGroupFields) => number | null,
): Column<KpiGroupFields> {
  return { label, value, shown: (kpi) => format(value(kpi)), isNumber: true };
}
