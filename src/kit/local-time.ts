import { IANAZone } from "luxon";
import { DAY_MS } from "./time.ts";

// What a clock on the wall shows, and the instants that this may be. Where clocks change, one hour comes twice and one
// never. What is read must not depend on the day that it is read on, so nothing here asks what time it is.

/** A local time that can be read in two ways. As a date it is the first; a whole record may tell that it is the other. */
export class AmbiguousTime extends Date {
  readonly other: Date;

  constructor(first: number, other: number) {
    super(first);
    this.other = new Date(other);
  }
}

/** Every instant that a time may be; one, unless its clock was changed about then. */
export function readingsOf(time: Date): readonly Date[] {
  return time instanceof AmbiguousTime ? [new Date(time.getTime()), time.other] : [time];
}

/**
 * The instant at which clocks in the zone show `wall`: what they show, counted as milliseconds since 1970 as if it were
 * UTC. A time that comes twice is the first of the two, one that the clocks skip is the hour after.
 */
export function instantAt(wall: number, zone: string): Date {
  const before = offsetOfDay(Math.floor((wall - FARTHEST_EAST_MS) / DAY_MS), zone);
  const after = offsetOfDay(Math.ceil((wall + FARTHEST_WEST_MS) / DAY_MS), zone);
  if (before === after) return new Date(wall - before);
  const byOldClock = wall - before;
  const byNewClock = wall - after;
  const isOld = offsetAt(byOldClock, zone) === before;
  const isNew = offsetAt(byNewClock, zone) === after;
  if (isOld !== isNew) return new Date(isOld ? byOldClock : byNewClock);
  return new AmbiguousTime(byOldClock, byNewClock);
}

/** What clocks in the zone show at an instant, counted as if it were UTC. */
export function wallAt(instant: Date, zone: string): number {
  return instant.getTime() + offsetAt(instant.getTime(), zone);
}

const MINUTE_MS = 60_000;
/** No clock is further ahead of UTC, or behind it. */
const FARTHEST_EAST_MS = 14 * 60 * MINUTE_MS;
const FARTHEST_WEST_MS = 12 * 60 * MINUTE_MS;

function offsetAt(instant: number, zone: string): number {
  return Math.round(IANAZone.create(zone).offset(instant) * MINUTE_MS);
}

/** Offsets at the beginning of days: to ask the calendar takes 40 µs, and a file has many times of few days. */
const offsetsOfDays = new Map<string, Map<number, number>>();
/** Days of a hundred years. */
const MAX_DAYS = 36_525;

function offsetOfDay(day: number, zone: string): number {
  const known = offsetsOfDays.get(zone) ?? new Map<number, number>();
  if (known.size > MAX_DAYS) known.clear();
  offsetsOfDays.set(zone, known);
  const offset = known.get(day) ?? offsetAt(day * DAY_MS, zone);
  known.set(day, offset);
  return offset;
}
