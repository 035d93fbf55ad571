import type { ReportDeclaration } from "../declaration.ts";
import { findAttributionPeople } from "./attribution.report.ts";
import { AttributionResolver } from "./attribution.resolver.ts";
import { attributionTable } from "./attribution.table.ts";
import type { AttributionInput, AttributionReportType } from "./attribution.type.ts";

export const attribution: ReportDeclaration<AttributionReportType, AttributionInput> = {
  name: "attribution",
  resolver: AttributionResolver,
  table: attributionTable,
  people: findAttributionPeople,
  example: { models: [{ kind: "LINEAR" }] },
};
