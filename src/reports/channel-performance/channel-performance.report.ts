import type { Db } from "../../db/client.ts";
import { checkPeriod } from "../check.ts";
import { ChannelPerformanceRow, channelPerformanceSql } from "./channel-performance.sql.ts";
import type { ChannelPerformanceInput, ChannelPerformanceReportType } from "./channel-performance.type.ts";

/** Rows of the longest answer. */
const MAX_ROWS = 1_000;

/** Values of a dimension by the calls, transactions and money that came with them. */
export async function readChannelPerformance(
  db: Db,
  input: ChannelPerformanceInput,
): Promise<ChannelPerformanceReportType> {
  checkPeriod(input.period);
  return { rows: await db.rows(ChannelPerformanceRow, channelPerformanceSql(input, MAX_ROWS)) };
}
