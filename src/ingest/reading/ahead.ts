import type { IncomingRecord, Refusal } from "../receipt.ts";
import type { Validated } from "./validate.ts";

export interface Ahead {
  /** The time of this machine. */
  now: Date;
  /** How far ahead of it the clock of the source may be. */
  minutes: number;
}

const MINUTE_MS = 60_000;

/**
 * Why a record of a time to come is refused: a device whose clock runs ahead would otherwise be its customer's last visit
 * until then. Null where all its times have come.
 */
export function refusalAhead(
  kind: IncomingRecord["kind"],
  { body }: Validated,
  { now, minutes }: Ahead,
): Refusal | null {
  const latest = now.getTime() + minutes * MINUTE_MS;
  for (const [field, value] of Object.entries(body)) {
    if (value instanceof Date && value.getTime() > latest) return refusalOf(kind, field, minutes);
  }
  return null;
}

function refusalOf(kind: IncomingRecord["kind"], field: string, minutes: number): Refusal {
  const sent = kind === "call" ? (CALLS_WORDS[field] ?? field) : field;
  const message = `${sent} lies more than ${minutes} minutes ahead of our clock: send it in its time zone, set the sender's clock, or raise aheadMinutes of its source.`;
  return { reason: "IN_THE_FUTURE", message, path: [sent] };
}

/** The times of a leg as a call names them. */
const CALLS_WORDS: Readonly<Record<string, string>> = {
  sessionStartTime: "startedAt",
  interactionStartTime: "answeredAt",
  interactionEndTime: "endedAt",
  sessionEndTime: "wrapUpEndedAt",
};
