import type { Sql } from "../../db/sql.ts";
import { NOVEMBER } from "../samples.ts";
import { bucketsSql, contactCentreKpisSql } from "./contact-centre-kpis.sql.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";

/** How the telephone does each day. */
const BY_DAY: KpiInput = {
  period: NOVEMBER,
  groupBy: [],
  interval: "DAY",
  timeZone: "Europe/Stockholm",
  bucketBy: "START",
  filter: { channels: ["VOICE"] },
  serviceLevelSeconds: 20,
  shortAbandonSeconds: 5,
  repeatWindowDays: 7,
};

export function contactCentreKpisSample(): Record<string, Sql> {
  return {
    "contact-centre-kpis": contactCentreKpisSql(BY_DAY, 10_001),
    "contact-centre-kpis-buckets": bucketsSql(BY_DAY),
  };
}
