import type { ReportDeclaration } from "../declaration.ts";
import { findMatchPeople } from "./match-quality.report.ts";
import { MatchQualityResolver } from "./match-quality.resolver.ts";
import { matchQualityTable } from "./match-quality.table.ts";
import type { MatchQualityInput, MatchQualityReportType } from "./match-quality.type.ts";

export const matchQuality: ReportDeclaration<MatchQualityReportType, MatchQualityInput> = {
  name: "match-quality",
  resolver: MatchQualityResolver,
  table: matchQualityTable,
  people: findMatchPeople,
  example: {},
};
