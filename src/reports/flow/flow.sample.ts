import type { Sql } from "../../db/sql.ts";
import { CALLS, NOVEMBER } from "../samples.ts";
import { flowSql } from "./flow.sql.ts";
import type { FlowInput } from "./flow.type.ts";

/** The last three pages before each call. */
const BEFORE_CALLS: FlowInput = {
  period: NOVEMBER,
  anchor: { matcher: CALLS, dimension: "CALL_REASON", position: "ENDS_WITH" },
  stepsBefore: 3,
  stepsAfter: 0,
  itemsPerStep: 5,
  dimensionBefore: "PAGE",
  dimensionAfter: "CALL_REASON",
  container: "SESSION",
  sessionTimeoutMinutes: 30,
  includeRepeats: false,
  occurrence: "ALL",
  countBy: "OCCURRENCE",
};

export function flowSample(): Record<string, Sql> {
  return { flow: flowSql(BEFORE_CALLS) };
}
