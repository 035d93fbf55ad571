import { instantAt } from "./local-time.ts";

// One spelling of instants for every entry point: what one of them reads, all of them read.

export const INSTANT_REMEDY = "Send a time as RFC 3339 with a zone, such as 2026-11-20T09:30:00Z.";

/** RFC 3339; the seconds may be left out, and the colon or the minutes of the zone. Some logs write a decimal comma. */
const CLOCK = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?:([Zz])|([+-]\d{2})(?::?(\d{2}))?)?$/;

/**
 * The instant that a value stands for: RFC 3339 with a zone, or Unix seconds or milliseconds as a number; null when it
 * stands for none. A text without a zone is a time of `zone`, where one is given; where it can be read in two ways, it is
 * an AmbiguousTime.
 */
export function instantIn(given: unknown, zone: string | null = null): Date | null {
  if (typeof given === "number") return fromUnix(given);
  if (given instanceof Date) return validOrNull(given);
  const [, day, clock, utc, hours, minutes = "00"] = (typeof given === "string" && CLOCK.exec(given.trim())) || [];
  if (!day || !clock || !isDay(day)) return null;
  const local = `${day}T${clock.replace(",", ".")}`;
  if (utc) return validOrNull(new Date(`${local}Z`));
  if (hours) return validOrNull(new Date(`${local}${hours}:${minutes}`));
  const wall = Date.parse(`${local}Z`);
  return zone === null || Number.isNaN(wall) ? null : validOrNull(instantAt(wall, zone));
}

/** Whether the text names a day of the calendar: JavaScript reads the 30th of February as the 2nd of March. */
export function isDay(text: string): boolean {
  const noon = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(noon.getTime()) && noon.toISOString().slice(0, 10) === text;
}

/** Digits that are a date without dashes and its clock time: as milliseconds since 1970 they would all fall in 1976. */
const COMPACT = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$/;

/** Below this a number is Unix seconds, above it milliseconds: 1e11 is the year 5138 in the one, March 1973 in the other. */
const SECONDS_BELOW = 1e11;

/**
 * The instant that a sender's Unix time means, seconds and milliseconds told apart; null when it is none,
 * as 202603021000 is. Fractions of a second are kept to the millisecond.
 */
export function fromUnix(value: number): Date | null {
  if (!Number.isFinite(value) || COMPACT.test(String(value))) return null;
  return validOrNull(new Date(Math.round(Math.abs(value) < SECONDS_BELOW ? value * 1000 : value)));
}

function validOrNull(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
