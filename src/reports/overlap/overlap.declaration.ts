import type { ReportDeclaration } from "../declaration.ts";
import { findOverlapPeople } from "./overlap.report.ts";
import { OverlapResolver } from "./overlap.resolver.ts";
import { overlapTable } from "./overlap.table.ts";
import type { OverlapInput, OverlapReportType } from "./overlap.type.ts";

export const overlap: ReportDeclaration<OverlapReportType, OverlapInput> = {
  name: "overlap",
  resolver: OverlapResolver,
  table: overlapTable,
  people: findOverlapPeople,
  example: {
    sets: [
      { name: "web", matcher: { channels: ["WEB"] } },
      { name: "call", matcher: { channels: ["VOICE"] } },
    ],
  },
};
