import type { Matcher } from "../kit/recount.ts";

/** What gets credit where nothing is asked for: a call may name its campaign itself, as a page does. */
export function defaultTouches(dimension: string): Matcher {
  const isOfCalls = ["CAMPAIGN", "MEDIUM", "REFERRER", "LANDING_PAGE"].includes(dimension);
  return { kinds: isOfCalls ? ["PAGE_VIEW", "CALL"] : ["PAGE_VIEW"] };
}
