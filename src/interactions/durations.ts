import { computedOf } from "../fields/derive/computed.ts";
import { JAR } from "../fields/jar.ts";
import { secondsBetween } from "../kit/time.ts";
import type { DataQualityNoteType, InteractionRow } from "./interaction.type.ts";

/** The durations that are computed where no sender stated them. */
const DURATIONS = computedOf(JAR);
export type Duration = (typeof DURATIONS)[number];

type Times = Pick<
  InteractionRow,
  "sessionStartTime" | "interactionStartTime" | "interactionEndTime" | "sessionEndTime"
>;

/** A duration by the leg's own times; null where one is missing or they are in the wrong order. */
export function measured(duration: Duration, times: Times): number | null {
  const seconds = secondsBetween(...endsOf(duration, times));
  return seconds !== null && seconds >= 0 ? seconds : null;
}

function endsOf(duration: Duration, times: Times): [Date | null, Date | null] {
  const { sessionStartTime, interactionStartTime, interactionEndTime, sessionEndTime } = times;
  switch (duration) {
    case "sessionSeconds":
      return [sessionStartTime, sessionEndTime];
    case "customerSeconds":
      return [sessionStartTime, interactionEndTime];
    case "agentSeconds":
      return [interactionStartTime, sessionEndTime];
    case "interactionSeconds":
      return [interactionStartTime, interactionEndTime];
  }
}

/** The stated duration, else the computed one. */
export function durationOf(duration: Duration, row: InteractionRow): number | null {
  return row[duration] ?? measured(duration, row);
}

/** Senders may round up where we round down. */
const ROUNDING_SECONDS = 1;

/** The notes of ingest, and notes on stated durations that contradict the computed ones; one note for each field. */
export function dataQualityOf(row: InteractionRow): DataQualityNoteType[] {
  const noted = row.notes ?? [];
  const fields = new Set(noted.map(({ field }) => field));
  const wait = secondsBetween(row.sessionStartTime, row.interactionStartTime);
  const recomputed = [
    ...DURATIONS.map((duration) => differs(duration, row[duration], measured(duration, row))),
    exceeds("queueSeconds", row.queueSeconds, wait),
    exceeds("holdSeconds", row.holdSeconds, measured("interactionSeconds", row)),
  ];
  return [...noted, ...recomputed.filter((note) => note !== null).filter(({ field }) => !fields.has(field))];
}

function differs(field: string, supplied: number | null, recomputed: number | null): DataQualityNoteType | null {
  if (supplied === null || recomputed === null || Math.abs(supplied - recomputed) <= ROUNDING_SECONDS) return null;
  return { field, message: `Stated as ${supplied} s, but the times say ${recomputed} s.` };
}

function exceeds(field: string, supplied: number | null, room: number | null): DataQualityNoteType | null {
  if (supplied === null || room === null || room < 0 || supplied <= room + ROUNDING_SECONDS) return null;
  return { field, message: `Stated as ${supplied} s, but the times leave room for ${room} s.` };
}
