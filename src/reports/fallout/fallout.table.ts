import type { ReportTable } from "../declaration.ts";
import type { FalloutReportType } from "./fallout.type.ts";

export const falloutTable: ReportTable<FalloutReportType> = {
  about: "One row a step, in order; then, with facets, the same for each of them.",

  of: ({ steps, facets }) => ({
    columns: [
      "facet",
      "step",
      "name",
      "count",
      "ofFirst",
      "ofPrevious",
      "dropped",
      "pending",
      "medianSecondsFromPrevious",
    ],
    rows: [{ name: null, steps }, ...facets].flatMap((facet) =>
      facet.steps.map((step, i) => ({ facet: facet.name, step: i + 1, ...step })),
    ),
  }),
};
