import type { ReportTable } from "../declaration.ts";
import type { FalloutReportType } from "./fallout.type.ts";

export const falloutTable: ReportTable<FalloutReportType> = {
  about: "One row a step, in order.",

  of: ({ steps }) => ({
    columns: ["step", "name", "count", "ofFirst", "ofPrevious", "dropped", "pending", "medianSecondsFromPrevious"],
    rows: steps.map((step, i) => ({ step: i + 1, ...step })),
  }),
};
