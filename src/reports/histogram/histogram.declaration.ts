import type { ReportDeclaration } from "../declaration.ts";
import { findHistogramPeople } from "./histogram.report.ts";
import { HistogramResolver } from "./histogram.resolver.ts";
import { histogramTable } from "./histogram.table.ts";
import type { HistogramInput, HistogramReportType } from "./histogram.type.ts";

export const histogram: ReportDeclaration<HistogramReportType, HistogramInput> = {
  name: "histogram",
  resolver: HistogramResolver,
  table: histogramTable,
  people: findHistogramPeople,
  example: { metric: { channels: ["VOICE"] } },
};
