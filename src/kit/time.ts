/** Milliseconds of a day of the clock; one of the calendar may be an hour shorter or longer. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 86_400_000;

/** Whole seconds from one instant to another, rounded down; null when either is missing. */
export function secondsBetween(from: Date | null | undefined, to: Date | null | undefined): number | null {
  return from && to ? Math.floor((to.getTime() - from.getTime()) / 1000) : null;
}
