import type { ReportTable } from "../declaration.ts";
import type { HistogramReportType } from "./histogram.type.ts";

export const histogramTable: ReportTable<HistogramReportType> = {
  about: "One row a bucket; `to` is empty for the last.",

  of: ({ buckets }) => ({ columns: ["from", "to", "label", "customers"], rows: buckets }),
};
