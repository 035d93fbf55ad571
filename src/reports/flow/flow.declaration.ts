import type { ReportDeclaration } from "../declaration.ts";
import { findFlowPeople } from "./flow.report.ts";
import { FlowResolver } from "./flow.resolver.ts";
import { flowTable } from "./flow.table.ts";
import type { FlowInput, FlowReportType } from "./flow.type.ts";

export const flow: ReportDeclaration<FlowReportType, FlowInput> = {
  name: "flow",
  resolver: FlowResolver,
  table: flowTable,
  people: findFlowPeople,
  example: { anchor: { matcher: { channels: ["VOICE"] } } },
};
