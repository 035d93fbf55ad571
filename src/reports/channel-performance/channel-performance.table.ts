import { moneyCells } from "../cells.ts";
import type { ReportTable } from "../declaration.ts";
import type { ChannelPerformanceReportType } from "./channel-performance.type.ts";

export const channelPerformanceTable: ReportTable<ChannelPerformanceReportType> = {
  about: "One row a value; empty for none.",

  of: ({ rows }) => ({
    columns: ["value", ...COUNTS, "revenueAmount", "revenueCurrency", "costAmount", "costCurrency"],
    rows: rows.map(({ revenue, cost, ...row }) => ({
      ...row,
      ...moneyCells("revenue", revenue),
      ...moneyCells("cost", cost),
    })),
  }),
};

const COUNTS = ["interactions", "calls", "matchedCalls", "transactions"];
