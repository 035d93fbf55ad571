import type { ReportDeclaration } from "../declaration.ts";
import { OverlapResolver } from "./overlap.resolver.ts";
import { overlapTable } from "./overlap.table.ts";
import type { OverlapInput, OverlapReportType } from "./overlap.type.ts";

export const overlap: ReportDeclaration<OverlapReportType, OverlapInput> = {
  name: "overlap",
  resolver: OverlapResolver,
  table: overlapTable,
  example: {
    sets: [
      { name: "web", matcher: { channels: ["WEB"] } },
      { name: "call", matcher: { channels: ["VOICE"] } },
    ],
  },
};
