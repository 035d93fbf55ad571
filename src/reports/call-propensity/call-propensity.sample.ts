import type { Sql } from "../../db/sql.ts";
import { CALLS, NOVEMBER, PAGES_TO_CALLS, SAMPLE_PAGES } from "../samples.ts";
import { callCreditSql } from "./call-credit.sql.ts";
import { callPropensitySql } from "./call-propensity.sql.ts";

const QUESTION = {
  period: NOVEMBER,
  dimension: "SECTION" as const,
  exposures: SAMPLE_PAGES,
  conversions: CALLS,
  withinMinutes: 30,
  sessionTimeoutMinutes: 30,
  minimumExposures: 30,
  first: 50,
};

export function callPropensitySample(): Record<string, Sql> {
  return {
    "call-propensity": callPropensitySql(QUESTION),
    "call-propensity-credit": callCreditSql({ ...PAGES_TO_CALLS, dimension: "SECTION" }, { kind: "EVEN" }),
  };
}
