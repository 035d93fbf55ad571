import { computedOf } from "../fields/derive/computed.ts";
import { JAR } from "../fields/jar.ts";
import { secondsBetween } from "../kit/time.ts";
import type { DataQualityNote } from "./fact.ts";
import type { CheckedInteraction } from "./record.ts";

/** The lengths of a leg that are measured where nobody states them. */
export const DURATIONS = computedOf(JAR);
export type Duration = (typeof DURATIONS)[number];

/** A leg's own times, in their order. */
export const LEG_TIMES = ["sessionStartTime", "interactionStartTime", "interactionEndTime", "sessionEndTime"] as const;
type Instant = (typeof LEG_TIMES)[number];
type LegTimes = Readonly<Record<Instant, Date | null>>;

/** From when to when each of them lasts. */
export const ENDS: Readonly<Record<Duration, readonly [Instant, Instant]>> = {
  sessionSeconds: ["sessionStartTime", "sessionEndTime"],
  customerSeconds: ["sessionStartTime", "interactionEndTime"],
  agentSeconds: ["interactionStartTime", "sessionEndTime"],
  interactionSeconds: ["interactionStartTime", "interactionEndTime"],
};

/** What a length is by the leg's own times; null where one of the two is missing, or they are the wrong way round. */
function measured(duration: Duration, times: LegTimes): number | null {
  const [from, to] = ENDS[duration];
  return lengthOf(times[from], times[to]);
}

/** What the sender states, else what the times say. */
export function durationOf(
  duration: Duration,
  leg: LegTimes & Readonly<Record<Duration, number | null>>,
): number | null {
  return leg[duration] ?? measured(duration, leg);
}

function lengthOf(from: Date | null, to: Date | null): number | null {
  const seconds = secondsBetween(from, to);
  return seconds !== null && seconds >= 0 ? seconds : null;
}

/** Senders round up where we round down. */
const ROUNDING_SECONDS = 1;

/** What each length is a part of. */
const WITHIN: Readonly<Record<Duration | "queueSeconds" | "holdSeconds", readonly Duration[]>> = {
  sessionSeconds: [],
  customerSeconds: ["sessionSeconds"],
  agentSeconds: ["sessionSeconds"],
  interactionSeconds: ["customerSeconds", "agentSeconds", "sessionSeconds"],
  queueSeconds: ["customerSeconds", "sessionSeconds"],
  holdSeconds: ["interactionSeconds", "customerSeconds", "agentSeconds", "sessionSeconds"],
};

/** The lengths that a sender states, and the leg's own times, or the lengths that they are a part of, contradict. */
export function contradictions(leg: CheckedInteraction): DataQualityNote[] {
  const wait = lengthOf(leg.sessionStartTime, leg.interactionStartTime);
  const notes = [
    ...DURATIONS.map((duration) => {
      const isTimed = ENDS[duration].every((time) => leg[time] !== null);
      return isTimed ? differs(duration, leg[duration], measured(duration, leg)) : overflows(duration, leg, null);
    }),
    overflows("queueSeconds", leg, wait),
    overflows("holdSeconds", leg, null),
  ];
  return notes.filter((note) => note !== null);
}

/** Whether a length is longer than the time that there was for it, or than the shortest length that it is a part of. */
function overflows(field: keyof typeof WITHIN, leg: CheckedInteraction, room: number | null): DataQualityNote | null {
  const whole = WITHIN[field].map((duration) => measured(duration, leg) ?? leg[duration]);
  const known = [room, ...whole].filter((length) => length !== null);
  return exceeds(field, leg[field], known.length > 0 ? Math.min(...known) : null);
}

/** By how many seconds a leg's own times miss the lengths that its sender states: the less, the better they are read. */
export function misfitOf(leg: Pick<CheckedInteraction, Instant | Duration | "queueSeconds" | "holdSeconds">): number {
  const missed = DURATIONS.map((duration) => Math.abs(apart(leg[duration], measured(duration, leg))));
  const tight = [
    apart(leg.queueSeconds, lengthOf(leg.sessionStartTime, leg.interactionStartTime)),
    apart(leg.holdSeconds, measured("interactionSeconds", leg)),
  ].map((seconds) => Math.max(seconds, 0));
  return [...missed, ...tight].reduce((sum, seconds) => sum + seconds, 0);
}

/** By how much a stated length exceeds a measured one; nothing where one of the two is unknown. */
function apart(stated: number | null, length: number | null): number {
  return stated === null || length === null ? 0 : stated - length;
}

function differs(field: string, stated: number | null, length: number | null): DataQualityNote | null {
  if (stated === null || length === null || Math.abs(stated - length) <= ROUNDING_SECONDS) return null;
  return { field, message: `Stated as ${stated} s, but the times say ${length} s.` };
}

function exceeds(field: string, stated: number | null, room: number | null): DataQualityNote | null {
  if (stated === null || room === null || stated <= room + ROUNDING_SECONDS) return null;
  return { field, message: `Stated as ${stated} s, but there is room for ${room} s.` };
}
