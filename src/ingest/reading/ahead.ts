import { type Ahead, aheadOf, isAhead } from "../../facts/ahead.ts";
import type { IncomingRecord, Refusal } from "../receipt.ts";
import type { Validated } from "./validate.ts";

/**
 * Why a record of a time to come is refused: a device whose clock runs ahead would otherwise be its customer's last visit
 * until then. Null where all its times have come.
 */
export function refusalAhead(kind: IncomingRecord["kind"], { body }: Validated, ahead: Ahead): Refusal | null {
  const values = body as Readonly<Record<string, unknown>>;
  for (const field of Object.keys(body)) {
    const value = values[field];
    if (value instanceof Date && isAhead(value, ahead)) return refusalOf(kind, field, ahead.minutes);
  }
  return null;
}

function refusalOf(kind: IncomingRecord["kind"], field: string, minutes: number): Refusal {
  const sent = kind === "call" ? (CALLS_WORDS[field] ?? field) : field;
  const message = `${sent} ${aheadOf(minutes)}`;
  return { reason: "IN_THE_FUTURE", message, path: [sent] };
}

/** The times of a leg as a call names them. */
const CALLS_WORDS: Readonly<Record<string, string>> = {
  sessionStartTime: "startedAt",
  interactionStartTime: "answeredAt",
  interactionEndTime: "endedAt",
  sessionEndTime: "wrapUpEndedAt",
};
