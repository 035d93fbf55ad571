import type { Sql } from "../../db/sql.ts";
import { CALLS, NOVEMBER, SAMPLE_PAGES } from "../samples.ts";
import { overlapSql } from "./overlap.sql.ts";

const QUESTION = {
  period: NOVEMBER,
  sets: [
    { name: "web", matcher: SAMPLE_PAGES },
    { name: "calls", matcher: CALLS },
  ],
  sessionTimeoutMinutes: 30,
};

export function overlapSample(): Record<string, Sql> {
  return {
    overlap: overlapSql({ ...QUESTION, container: "CUSTOMER" }),
    "overlap-sessions": overlapSql({ ...QUESTION, container: "SESSION" }),
  };
}
