import type { ReportDeclaration } from "../declaration.ts";
import { findFalloutPeople } from "./fallout.report.ts";
import { FalloutResolver } from "./fallout.resolver.ts";
import { falloutTable } from "./fallout.table.ts";
import type { FalloutInput, FalloutReportType } from "./fallout.type.ts";

export const fallout: ReportDeclaration<FalloutReportType, FalloutInput> = {
  name: "fallout",
  resolver: FalloutResolver,
  table: falloutTable,
  people: findFalloutPeople,
  example: {
    steps: [
      { name: "page", anyOf: [{ kinds: ["PAGE_VIEW"] }] },
      { name: "call", anyOf: [{ channels: ["VOICE"] }] },
    ],
  },
};
