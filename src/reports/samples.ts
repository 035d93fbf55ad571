import type { CreditQuery } from "./credit.sql.ts";

// What the samples of several reports ask: the printed statements are for reviewers and for EXPLAIN.

export const NOVEMBER = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
export const CALLS = { kinds: ["CALL" as const] };
export const SAMPLE_PAGES = { kinds: ["PAGE_VIEW" as const] };

/** Which pages lead to calls, in their sessions. */
export const PAGES_TO_CALLS: CreditQuery = {
  period: NOVEMBER,
  conversions: CALLS,
  measure: "COUNT",
  container: "SESSION",
  sessionTimeoutMinutes: 30,
  splitBy: "CALL_REASON",
  touches: SAMPLE_PAGES,
  dimension: "PAGE",
  touchDedup: "NONE",
};
