import type { Sql } from "../../db/sql.ts";
import { journeysSql } from "../journeys.sql.ts";
import { PAGES_TO_CALLS } from "../samples.ts";
import { attributionSql } from "./attribution.sql.ts";

export function attributionSample(): Record<string, Sql> {
  return {
    attribution: attributionSql(PAGES_TO_CALLS, [{ kind: "DECAY", halfLifeMinutes: 15 }, { kind: "EVEN" }], 50),
    "attribution-of-all-calls": attributionSql({ ...PAGES_TO_CALLS, splitBy: null }, [{ kind: "EVEN" }], 50),
    "attribution-journeys": journeysSql(PAGES_TO_CALLS),
  };
}
