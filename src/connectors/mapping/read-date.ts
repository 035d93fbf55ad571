import { DateTime } from "luxon";
import { fromUnix, instantIn } from "../../kit/instant.ts";
import { instantAt, readingsOf, wallAt } from "../../kit/local-time.ts";
import { DAY_MS } from "../../kit/time.ts";
import { compileFormat } from "./date-format.ts";
import type { Value } from "./language.ts";
import type { Bad } from "./read-number.ts";
import type { RowScope } from "./scope.ts";
import type { ToldTime } from "./told-time.ts";

type ReadDate = (cell: unknown, scope: RowScope) => Date | null;

/** Compiles how a cell becomes an instant. Each part of it must stand in the cell: no day of today, no first of January. */
export function compileDate(
  rule: Value,
  { zone, locale }: { zone: string; locale: string | null },
  bad: Bad,
): ReadDate {
  const formats = rule.format?.map((format) => compileStated(format, { zone, locale })) ?? [plainTime(zone)];
  const place = compilePlace(rule, zone);
  const hasDay = (told: ToldTime, scope: RowScope) =>
    !("clock" in told) || (rule.rollsOver !== undefined && scope.get(rule.rollsOver) instanceof Date);
  return (cell, scope) => {
    if (cell instanceof Date) return place({ instant: cell }, scope);
    for (const read of typeof cell === "object" ? [] : formats) {
      const told = read(cell);
      if (told && hasDay(told, scope)) return place(told, scope);
    }
    throw bad(rule.format ? `does not hold a time as the mapping writes it (${rule.format.join(" or ")}).` : NOT_PLAIN);
  };
}

const NOT_PLAIN =
  "does not hold a whole time, such as 2026-11-20T09:30:00Z: name its format in the mapping (format: dd/MM/yyyy HH:mm, unix), and complete what lacks its day with a template.";

type ReadTold = (cell: unknown) => ToldTime | null;

function compileStated(format: string, { zone, locale }: { zone: string; locale: string | null }): ReadTold {
  if (format === "unix") return (cell) => (/^\d+(\.\d+)?$/.test(String(cell)) ? told(fromUnix(Number(cell))) : null);
  if (format === "iso") return (cell) => told(instantIn(cell, zone)) ?? isoIn(String(cell), ANY_ISO);
  const read = compileFormat(format, locale);
  return (cell) => read(String(cell));
}

/** Ten digits are the seconds since 1970 of a time from 2001 on, thirteen the milliseconds. */
const UNIX = /^(?:1\d{9}(?:\.\d+)?|20\d{8}(?:\.\d+)?|[12]\d{12})$/;

/** The readings without a format: texts that can only be a whole time. */
function plainTime(zone: string): ReadTold {
  return (cell) => {
    const text = String(cell);
    return told(instantIn(cell, zone)) ?? (UNIX.test(text) ? told(fromUnix(Number(text))) : isoIn(text, CLEAR_ISO));
  };
}

function told(instant: Date | null): ToldTime | null {
  return instant && { instant };
}

/** Days, weeks and days of the year, alone or with a clock time; digits alone only where the format is stated. */
const CLEAR_ISO = /^(?:\d{4}-\d{2}-\d{2}|(?:\d{4}-W\d{2}-\d|\d{4}-\d{3})(?:[Tt].+)?|\d{8}[Tt]\d{4}.*)$/;
const ANY_ISO = /^(?:\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d|\d{4}-?\d{3})(?:[Tt].+)?$/;
const OFFSET = /[Tt].*(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;

function isoIn(text: string, form: RegExp): ToldTime | null {
  if (!form.test(text)) return null;
  const time = DateTime.fromISO(text, { zone: "UTC" });
  if (!time.isValid) return null;
  return OFFSET.test(text) ? { instant: time.toJSDate() } : { wall: time.toMillis() };
}

/** A clock time past midnight comes with the day of the start, or with none: the nearest day is its own. */
function compilePlace({ rollsOver, notBefore }: Value, zone: string): (told: ToldTime, scope: RowScope) => Date | null {
  return (told, scope) => {
    const anchor = rollsOver ? scope.get(rollsOver) : null;
    const placed = anchor instanceof Date ? nearest(told, anchor, zone) : instantOf(told, zone);
    const least = notBefore ? scope.get(notBefore) : null;
    const isEarly = least instanceof Date && placed && readingsOf(placed).every((reading) => reading < least);
    return isEarly ? null : placed;
  };
}

/** Null for a time of day without a known day. */
function instantOf(told: ToldTime, zone: string): Date | null {
  if ("instant" in told) return told.instant;
  return "wall" in told ? instantAt(told.wall, zone) : null;
}

const HALF_A_DAY_MS = DAY_MS / 2;

function nearest(told: ToldTime, anchor: Date, zone: string): Date {
  const wall = wallOf(told, anchor, zone);
  const distance = wall - wallAt(anchor, zone);
  if ("instant" in told && Math.abs(distance) <= HALF_A_DAY_MS) return told.instant;
  const days = Math.abs(distance) <= HALF_A_DAY_MS ? 0 : distance < 0 ? 1 : -1;
  return instantAt(wall + days * DAY_MS, zone);
}

function wallOf(told: ToldTime, anchor: Date, zone: string): number {
  if ("wall" in told) return told.wall;
  if ("instant" in told) return wallAt(told.instant, zone);
  return Math.floor(wallAt(anchor, zone) / DAY_MS) * DAY_MS + told.clock;
}
