import type { ReportDeclaration } from "../declaration.ts";
import { findChannelPeople } from "./channel-performance.report.ts";
import { ChannelPerformanceResolver } from "./channel-performance.resolver.ts";
import { channelPerformanceTable } from "./channel-performance.table.ts";
import type { ChannelPerformanceInput, ChannelPerformanceReportType } from "./channel-performance.type.ts";

export const channelPerformance: ReportDeclaration<ChannelPerformanceReportType, ChannelPerformanceInput> = {
  name: "channel-performance",
  resolver: ChannelPerformanceResolver,
  table: channelPerformanceTable,
  people: findChannelPeople,
  example: { by: "CHANNEL" },
};
