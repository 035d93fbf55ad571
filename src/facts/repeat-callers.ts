/** How many days back calls count as recent. */
export const RECENT_DAYS = 30;

/** Recent calls from which on a customer is a repeat caller. */
export const REPEAT_CALLS = 2;

export function isRepeatCaller(recentCalls: number): boolean {
  return recentCalls >= REPEAT_CALLS;
}
