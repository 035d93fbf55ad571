import type { ReportDeclaration } from "../declaration.ts";
import { findPropensityPeople } from "./call-propensity.report.ts";
import { CallPropensityResolver } from "./call-propensity.resolver.ts";
import { callPropensityTable } from "./call-propensity.table.ts";
import type { CallPropensityInput, CallPropensityReportType } from "./call-propensity.type.ts";

export const callPropensity: ReportDeclaration<CallPropensityReportType, CallPropensityInput> = {
  name: "call-propensity",
  resolver: CallPropensityResolver,
  table: callPropensityTable,
  people: findPropensityPeople,
  example: {},
};
