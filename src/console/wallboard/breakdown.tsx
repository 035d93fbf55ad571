import { type Column, DataTable } from "../parts/data-table.tsx";
import { countOf, lengthOf, moneyOf, percentOf } from "../parts/format.ts";
import type { KpiGroup } from "./kpi.query.ts";

/** Teams, agents or reasons side by side. */
export function Breakdown({ rows, method }: { rows: KpiGroup[]; method: string }) {
  const counted = (label: string, value: (kpi: KpiGroup) => number | null): Column<KpiGroup> => ({
    label,
    value,
    shown: (kpi) => countOf(value(kpi)),
  });
  const rated = (label: string, value: (kpi: KpiGroup) => number | null): Column<KpiGroup> => ({
    label,
    value,
    shown: (kpi) => percentOf(value(kpi)),
  });
  const timed = (label: string, value: (kpi: KpiGroup) => number | null): Column<KpiGroup> => ({
    label,
    value,
    shown: (kpi) => lengthOf(value(kpi)),
  });
  return (
    <DataTable
      title="Side by side"
      file="kpis"
      rows={rows}
      columns={[
        { label: "Who or what", value: ({ group }) => group.map(({ value }) => value ?? "not said").join(", ") },
        counted("Contacts", (kpi) => kpi.contacts),
        counted("Handled", (kpi) => kpi.handled),
        rated("Service level", (kpi) => kpi.serviceLevels.find((one) => one.method === method)?.value ?? null),
        rated("Abandoned", (kpi) => kpi.abandonmentRate),
        timed("Answered after", (kpi) => kpi.averageSpeedOfAnswerSeconds),
        timed("Handle time", (kpi) => kpi.averageHandleSeconds),
        rated("Transferred", (kpi) => kpi.transferRate),
        rated(
          "Resolved at once",
          (kpi) => kpi.firstContactResolution.find((one) => one.method === "FLAG")?.value ?? null,
        ),
        rated("Satisfied", (kpi) => kpi.csatTopTwoBox),
        {
          label: "Cost of a contact",
          value: (kpi) => (kpi.costPerContact.length ? moneyOf(kpi.costPerContact) : null),
          isNumber: true,
        },
      ]}
    />
  );
}
