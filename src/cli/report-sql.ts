import type { Sql } from "../db/sql.ts";
import { attributionSql } from "../reports/attribution/attribution.sql.ts";
import { callCreditSql } from "../reports/call-propensity/call-credit.sql.ts";
import { callPropensitySql } from "../reports/call-propensity/call-propensity.sql.ts";
import { channelPerformanceSql } from "../reports/channel-performance/channel-performance.sql.ts";
import { bucketsSql, contactCentreKpisSql } from "../reports/contact-centre-kpis/contact-centre-kpis.sql.ts";
import type { KpiInput } from "../reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { CreditQuery } from "../reports/credit.sql.ts";
import { falloutSql } from "../reports/fallout/fallout.sql.ts";
import type { FalloutInput } from "../reports/fallout/fallout.type.ts";
import { flowSql } from "../reports/flow/flow.sql.ts";
import type { FlowInput } from "../reports/flow/flow.type.ts";
import { histogramSql } from "../reports/histogram/histogram.sql.ts";
import { journeysSql } from "../reports/journeys.sql.ts";
import { callsSql, identifiedSql } from "../reports/match-quality/match-quality.sql.ts";
import { overlapSql } from "../reports/overlap/overlap.sql.ts";

// Each report's statement for a question that people ask, for reviewers and for EXPLAIN.

/** The text of every file of `schema/sql`, by its name. */
export function printReportSql(): Map<string, string> {
  return new Map(Object.entries(SAMPLES).map(([name, statement]) => [`${name}.sql`, print(statement())]));
}

const period = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
const calls = { kinds: ["CALL" as const] };
const pages = { kinds: ["PAGE_VIEW" as const] };

/** Which pages lead to calls, in their sessions. */
const pagesToCalls: CreditQuery = {
  period,
  conversions: calls,
  measure: "COUNT",
  container: "SESSION",
  sessionTimeoutMinutes: 30,
  splitBy: "CALL_REASON",
  touches: pages,
  dimension: "PAGE",
  touchDedup: "NONE",
};
const propensity = {
  period,
  dimension: "SECTION" as const,
  exposures: pages,
  conversions: calls,
  withinMinutes: 30,
  sessionTimeoutMinutes: 30,
  minimumExposures: 30,
  first: 50,
};
const histogram = { period, metric: calls, start: 1, size: 1, buckets: 5 };
const sets = [
  { name: "web", matcher: pages },
  { name: "calls", matcher: calls },
];

/** The last three pages before each call. */
const beforeCalls: FlowInput = {
  period,
  anchor: { matcher: calls, dimension: "CALL_REASON", position: "ENDS_WITH" },
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
/** From the home page to billing, and on to a call within a day. */
const toACall: FalloutInput = {
  period,
  container: "CUSTOMER",
  sessionTimeoutMinutes: 30,
  includeAll: false,
  steps: [
    { name: "home", anyOf: [{ sections: ["home"] }], immediately: false },
    { name: "billing", anyOf: [{ sections: ["billing"] }], immediately: false },
    { name: "call", anyOf: [calls], immediately: false, withinMinutes: 1440 },
  ],
};
/** How the telephone does each day. */
const byDay: KpiInput = {
  period,
  groupBy: [],
  interval: "DAY",
  timeZone: "Europe/Stockholm",
  bucketBy: "START",
  filter: { channels: ["VOICE"] },
  serviceLevelSeconds: 20,
  shortAbandonSeconds: 5,
  repeatWindowDays: 7,
};

const SAMPLES: Record<string, () => Sql> = {
  attribution: () => attributionSql(pagesToCalls, [{ kind: "DECAY", halfLifeMinutes: 15 }, { kind: "EVEN" }], 50),
  "attribution-of-all-calls": () => attributionSql({ ...pagesToCalls, splitBy: null }, [{ kind: "EVEN" }], 50),
  "attribution-journeys": () => journeysSql(pagesToCalls),
  "call-propensity": () => callPropensitySql(propensity),
  "call-propensity-credit": () => callCreditSql({ ...pagesToCalls, dimension: "SECTION" }, { kind: "EVEN" }),
  "channel-performance": () => channelPerformanceSql({ period, by: "CAMPAIGN" }, 1000),
  "contact-centre-kpis": () => contactCentreKpisSql(byDay, 10_001),
  "contact-centre-kpis-buckets": () => bucketsSql(byDay),
  fallout: () => falloutSql(toACall, period.to),
  flow: () => flowSql(beforeCalls),
  histogram: () => histogramSql(histogram, [0, 1, 2, 3, 4, 5, 6]),
  "match-quality": () => callsSql({ period }),
  "match-quality-identified": () => identifiedSql({ period }),
  overlap: () => overlapSql({ period, sets, container: "CUSTOMER", sessionTimeoutMinutes: 30 }),
  "overlap-sessions": () => overlapSql({ period, sets, container: "SESSION", sessionTimeoutMinutes: 30 }),
};

/** The statement with its values listed above it. */
function print({ text, values }: Sql): string {
  const bound = values.map((value, i) => `-- $${i + 1} = ${JSON.stringify(value)}`);
  const lines = text.split("\n").map((line) => line.trimEnd());
  const statement = lines.filter((line) => line !== "").join("\n");
  return `-- Printed by \`npm run contracts\`; never edited.\n${bound.join("\n")}\n\n${statement};\n`;
}
