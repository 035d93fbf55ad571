import type { Sql } from "../../db/sql.ts";
import { CALLS, NOVEMBER } from "../samples.ts";
import { histogramSql } from "./histogram.sql.ts";

export function histogramSample(): Record<string, Sql> {
  const question = { period: NOVEMBER, metric: CALLS, start: 1, size: 1, buckets: 5 };
  return { histogram: histogramSql(question, [0, 1, 2, 3, 4, 5, 6]) };
}
