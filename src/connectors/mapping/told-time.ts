import { instantAt } from "../../kit/local-time.ts";

/**
 * What a cell says: an instant; or what a clock showed, counted as if it were UTC; or a time of day alone, in
 * milliseconds. Nothing is filled in that the cell does not hold.
 */
export type ToldTime = { instant: Date } | { wall: number } | { clock: number };

export type Part =
  | "year"
  | "month"
  | "day"
  | "dayOfYear"
  | "weekday"
  | "hour"
  | "hour12"
  | "half"
  | "minute"
  | "second"
  | "fraction"
  | "offset"
  | "zone"
  | "unix";

export type Parts = { readonly [Name in Part]?: Name extends "zone" ? string : number };

/** The time that the parts make; null when there is no such time. */
export function timeOf(parts: Parts): ToldTime | null {
  if (parts.unix !== undefined) return { instant: new Date(Math.round(parts.unix * 1_000)) };
  const clock = clockOf(parts);
  if (clock === null) return null;
  if (parts.year === undefined) return { clock };
  const day = dayOf(parts);
  if (day === null) return null;
  const wall = day + clock;
  if (parts.offset !== undefined) return { instant: new Date(wall - parts.offset) };
  return parts.zone === undefined ? { wall } : { instant: instantAt(wall, parts.zone) };
}

function clockOf({ hour, hour12, half, minute = 0, second = 0, fraction = 0 }: Parts): number | null {
  if (hour12 !== undefined && (hour12 < 1 || hour12 > 12)) return null;
  const hours = hour12 === undefined ? (hour ?? 0) : (hour12 % 12) + (half === 2 ? 12 : 0);
  const isMidnight = hours === 24 && minute === 0 && second === 0 && fraction === 0;
  if ((hours > 23 && !isMidnight) || minute > 59 || second > 59) return null;
  return ((hours * 60 + minute) * 60 + second) * 1_000 + Math.floor(fraction * 1_000);
}

/** JavaScript would take the year 26 for 1926, and the 30th of February for the 2nd of March. */
function dayOf({ year = 0, month, day, dayOfYear, weekday }: Parts): number | null {
  const midnight = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? dayOfYear ?? 0));
  const isDay =
    year >= 1_000 &&
    midnight.getUTCFullYear() === year &&
    (month === undefined || midnight.getUTCMonth() === month - 1) &&
    (day === undefined || midnight.getUTCDate() === day) &&
    (weekday === undefined || midnight.getUTCDay() === weekday % 7);
  return isDay ? midnight.getTime() : null;
}
