import type { Sql } from "../../db/sql.ts";
import { CALLS, NOVEMBER } from "../samples.ts";
import { falloutSql } from "./fallout.sql.ts";
import type { FalloutInput } from "./fallout.type.ts";

/** From the home page to billing, and on to a call within a day. */
const TO_A_CALL: FalloutInput = {
  period: NOVEMBER,
  container: "CUSTOMER",
  sessionTimeoutMinutes: 30,
  includeAll: false,
  steps: [
    { name: "home", anyOf: [{ sections: ["home"] }], immediately: false },
    { name: "billing", anyOf: [{ sections: ["billing"] }], immediately: false },
    { name: "call", anyOf: [CALLS], immediately: false, withinMinutes: 1440 },
  ],
};

export function falloutSample(): Record<string, Sql> {
  return { fallout: falloutSql(TO_A_CALL, NOVEMBER.to) };
}
