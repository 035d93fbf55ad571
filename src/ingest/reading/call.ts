import type { DataQualityNote } from "../../facts/fact.ts";
import type { CheckedCall, CheckedInteraction } from "../../facts/record.ts";
import { CALL } from "../../fields/call.ts";
import { legOf } from "../../fields/derive/leg.ts";
import { secondsBetween } from "../../kit/time.ts";
import type { Refusal } from "../receipt.ts";

/** A logged call as the leg that it is, before anybody looks at its times. Its whole length is the customer's. */
export function spokenLeg(call: CheckedCall): CheckedInteraction {
  const { source, sourceId, revision, identities, durationSeconds } = call;
  const leg = Object.assign(legOf(call), {
    customerSeconds: durationSeconds,
    interactionSeconds: conversationOf(call),
  });
  return Object.assign(leg, { source, sourceId, revision, identities });
}

/** What an agent and the customer had of each other: the talk, and the hold within it. */
function conversationOf({ talkSeconds, holdSeconds }: CheckedCall): number | null {
  return talkSeconds === null ? null : talkSeconds + (holdSeconds ?? 0);
}

/** The times that a call's lengths tell and nobody states: its end, and of a talk its beginning. */
export function timedByLengths(
  leg: CheckedInteraction,
): Pick<CheckedInteraction, "interactionStartTime" | "interactionEndTime"> {
  const { sessionStartTime: start, interactionStartTime: answer, customerSeconds, interactionSeconds: talk } = leg;
  const end = leg.interactionEndTime ?? after(start, customerSeconds) ?? after(answer, talk);
  const began = talk ? after(end, -talk) : null;
  return {
    interactionStartTime: answer ?? (began && began >= start ? began : null),
    interactionEndTime: end,
  };
}

function after(time: Date | null, seconds: number | null): Date | null {
  return time && seconds !== null ? new Date(time.getTime() + seconds * 1_000) : null;
}

/** What the call's lengths say against its times. */
export function oddLengths({ durationSeconds }: CheckedCall, leg: CheckedInteraction): DataQualityNote[] {
  const notes: DataQualityNote[] = [];
  const whole = secondsBetween(leg.sessionStartTime, leg.interactionEndTime);
  if (durationSeconds !== null && whole !== durationSeconds) {
    const message = `Stated as ${durationSeconds} s, but ${whole} s lie between startedAt and endedAt.`;
    notes.push({ field: "durationSeconds", message });
  }
  return notes;
}

/** A note on the leg in the call's words. */
export function inCallsWords({ field, message }: DataQualityNote): DataQualityNote {
  const told = field === "interactionSeconds" ? `With holdSeconds: ${message}` : message;
  return { field: called(field), message: calledIn(told) };
}

/** A refusal of the leg in the call's words. */
export function refusedInCallsWords({ reason, message, path }: Refusal): Refusal {
  return { reason, message: calledIn(message), path: path.map(called) };
}

function calledIn(message: string): string {
  return message.replace(/\b[a-z]+[A-Z]\w*/g, called);
}

const CALLED = new Map(
  Object.entries(CALL).flatMap(([name, field]) =>
    "of" in field && field.of ? [[field.of as string, name] as const] : [],
  ),
);

/** What a call's sender calls a field of the leg. */
function called(field: string): string {
  return CALLED.get(field) ?? field;
}
