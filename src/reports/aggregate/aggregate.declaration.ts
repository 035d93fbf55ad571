import type { ReportDeclaration } from "../declaration.ts";
import { findAggregatePeople } from "./aggregate.report.ts";
import { AggregateResolver } from "./aggregate.resolver.ts";
import { aggregateTable } from "./aggregate.table.ts";
import type { AggregateInput, AggregateReportType } from "./aggregate.type.ts";

export const aggregate: ReportDeclaration<AggregateReportType, AggregateInput> = {
  name: "aggregate",
  resolver: AggregateResolver,
  table: aggregateTable,
  people: findAggregatePeople,
  example: { of: "INTERACTIONS", groupBy: [{ dimension: "CHANNEL" }] },
};
