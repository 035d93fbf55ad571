import type { ReportTable } from "../declaration.ts";
import type { CohortsReportType } from "./cohorts.type.ts";

export const cohortsTable: ReportTable<CohortsReportType> = {
  about:
    "`part` COHORT is a cohort with its customers; CELL, below it, those of them who returned `offset` intervals on.",

  of: ({ rows }) => ({
    columns: ["part", "start", "value", "customers", "offset", "eligible", "returned", "retention", "churn"],
    rows: rows.flatMap(({ cells, ...row }) => [
      { part: "COHORT", ...row },
      ...cells.map((cell) => ({ part: "CELL", start: row.start, value: row.value, ...cell })),
    ]),
  }),
};
