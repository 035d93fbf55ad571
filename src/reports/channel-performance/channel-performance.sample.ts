import type { Sql } from "../../db/sql.ts";
import { NOVEMBER } from "../samples.ts";
import { channelPerformanceSql } from "./channel-performance.sql.ts";

export function channelPerformanceSample(): Record<string, Sql> {
  return { "channel-performance": channelPerformanceSql({ period: NOVEMBER, by: "CAMPAIGN" }, 1000) };
}
