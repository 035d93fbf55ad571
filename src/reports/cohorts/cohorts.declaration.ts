import type { ReportDeclaration } from "../declaration.ts";
import { findCohortPeople } from "./cohorts.report.ts";
import { CohortsResolver } from "./cohorts.resolver.ts";
import { cohortsTable } from "./cohorts.table.ts";
import type { CohortsInput, CohortsReportType } from "./cohorts.type.ts";

export const cohorts: ReportDeclaration<CohortsReportType, CohortsInput> = {
  name: "cohorts",
  resolver: CohortsResolver,
  table: cohortsTable,
  people: findCohortPeople,
  example: {
    inclusion: [{ anyOf: [{ kinds: ["CALL"] }] }],
    returns: [{ anyOf: [{ kinds: ["CALL"] }] }],
    interval: "DAY",
  },
};
