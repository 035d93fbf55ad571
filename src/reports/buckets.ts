import type { PeriodInput } from "../facts/values.type.ts";
import { instantAt, wallAt } from "../kit/local-time.ts";
import { DAY_MS, HOUR_MS } from "../kit/time.ts";
import type { Interval } from "./interval.type.ts";

/** A stretch of the calendar: the instant that it is called by, and from when on it holds what happens. */
export interface Bucket {
  start: Date;
  from: number;
}

/** Stretches of which calendar, over which period. */
interface Calendar {
  period: PeriodInput;
  interval?: Interval | null;
  timeZone: string;
}

/** About how many hours a stretch has, at least. */
export const HOURS: Readonly<Record<Interval, number>> = {
  HOUR: 1,
  DAY: 24,
  WEEK: 168,
  MONTH: 672,
  QUARTER: 2_160,
  YEAR: 8_760,
};

/** The stretches of the calendar that the period touches, in order. */
export function bucketsOf({ period, interval, timeZone }: Calendar): Bucket[] {
  if (interval == null) return [];
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  return interval === "HOUR" ? hoursOf(from, to, timeZone) : daysOf({ from, to, timeZone }, interval);
}

/** The last bucket that begins at an instant or before it. */
export function compileBucket(buckets: readonly number[]): (at: number) => number {
  return (at) => {
    let [low, high] = [0, buckets.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (buckets[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}

/** Stretches of whole days. One that begins in an hour that comes twice begins with the first of the two. */
function daysOf(
  { from, to, timeZone }: { from: number; to: number; timeZone: string },
  interval: Exclude<Interval, "HOUR">,
): Bucket[] {
  const buckets: Bucket[] = [];
  let wall = startOf(wallAt(new Date(from), timeZone), interval);
  for (;;) {
    const start = new Date(instantAt(wall, timeZone).getTime());
    if (start.getTime() >= to) return buckets;
    // A zone that crosses the date line has no such day.
    if (buckets.at(-1)?.from !== start.getTime()) buckets.push({ start, from: start.getTime() });
    wall = nextOf(wall, interval);
  }
}

/** Of what a clock shows, as if it were UTC: the beginning of its day, of its week's Monday, of its month, quarter or year. */
function startOf(wall: number, interval: Exclude<Interval, "HOUR">): number {
  const day = Math.floor(wall / DAY_MS) * DAY_MS;
  switch (interval) {
    case "DAY":
      return day;
    case "WEEK":
      return day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS;
    case "MONTH":
      return new Date(day).setUTCDate(1);
    case "QUARTER":
      return Date.UTC(new Date(day).getUTCFullYear(), Math.floor(new Date(day).getUTCMonth() / 3) * 3);
    case "YEAR":
      return Date.UTC(new Date(day).getUTCFullYear(), 0);
  }
}

function nextOf(wall: number, interval: Exclude<Interval, "HOUR">): number {
  switch (interval) {
    case "DAY":
      return wall + DAY_MS;
    case "WEEK":
      return wall + 7 * DAY_MS;
    case "MONTH":
      return monthsAfter(wall, 1);
    case "QUARTER":
      return monthsAfter(wall, 3);
    case "YEAR":
      return monthsAfter(wall, 12);
  }
}

const monthsAfter = (wall: number, months: number): number =>
  new Date(wall).setUTCMonth(new Date(wall).getUTCMonth() + months);

/** Hours as clocks show them: where a clock is changed, another hour begins, which has the start of its own reckoning. */
function hoursOf(from: number, to: number, timeZone: string): Bucket[] {
  const buckets: Bucket[] = [];
  for (const stretch of stretchesOf(from, to, timeZone)) {
    const first = stretch.from - floorMod(stretch.from + stretch.offset, HOUR_MS);
    for (let start = first; start < stretch.to; start += HOUR_MS) {
      buckets.push({ start: new Date(start), from: Math.max(start, stretch.from) });
    }
  }
  return buckets;
}

const floorMod = (number: number, by: number): number => ((number % by) + by) % by;

/** A time over which no clock of the zone is changed. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

function stretchesOf(from: number, to: number, timeZone: string): Stretch[] {
  const offsetAt = (at: number) => wallAt(new Date(at), timeZone) - at;
  const stretches: Stretch[] = [];
  let stretch = { from, to, offset: offsetAt(from) };
  for (let day = from; day < to; day += DAY_MS) {
    const end = Math.min(day + DAY_MS, to);
    if (offsetAt(end) === stretch.offset) continue;
    const change = changeBetween(day, end, (at) => offsetAt(at) !== stretch.offset);
    stretches.push({ ...stretch, to: change });
    stretch = { from: change, to, offset: offsetAt(change) };
  }
  return [...stretches, stretch].filter((one) => one.from < one.to);
}

/** The first instant at which it holds, which it does at the later of the two. */
function changeBetween(before: number, after: number, holds: (at: number) => boolean): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
