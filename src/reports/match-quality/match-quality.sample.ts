import type { Sql } from "../../db/sql.ts";
import { NOVEMBER } from "../samples.ts";
import { callsSql, identifiedSql } from "./match-quality.sql.ts";

export function matchQualitySample(): Record<string, Sql> {
  const question = { period: NOVEMBER };
  return { "match-quality": callsSql(question), "match-quality-identified": identifiedSql(question) };
}
