import type { z } from "zod";
import { contradictions, LEG_TIMES, misfitOf } from "../../facts/durations.ts";
import type { DataQualityNote } from "../../facts/fact.ts";
import {
  type CheckedCall,
  type CheckedCustomer,
  type CheckedInteraction,
  type CheckedTouchpoint,
  callInput,
  customerInput,
  interactionInput,
  touchpointInput,
} from "../../facts/record.ts";
import { settleTimes } from "../../facts/settle-times.ts";
import { CALL, LEG } from "../../fields/call.ts";
import { timesOf } from "../../fields/derive/times.ts";
import { OBSERVED, REVISION } from "../../fields/record.ts";
import { TOUCHPOINT } from "../../fields/touchpoint.ts";
import { instantIn } from "../../kit/instant.ts";
import type { IncomingRecord, Refusal } from "../receipt.ts";
import { inCallsWords, oddLengths, refusedInCallsWords, spokenLeg, timedByLengths } from "./call.ts";
import { oddWords } from "./odd-words.ts";
import { reasonOf, remedyOf } from "./remedy.ts";
import { openStated } from "./stated-fields.ts";

export type Validated =
  | { kind: "interaction"; body: CheckedInteraction; notes: DataQualityNote[] }
  | { kind: "touchpoint"; body: CheckedTouchpoint; notes: DataQualityNote[] }
  | { kind: "customer"; body: CheckedCustomer };

const TIME_FIELDS = timesOf(REVISION, OBSERVED, LEG, CALL, TOUCHPOINT);

/** A record in the contract's words, or why it is none. Times without a zone take the source's zone. */
export function validate(record: IncomingRecord, timeZone: string | null): Validated | Refusal {
  const validated = validatedBody(record, timeZone);
  if (!record.notes || !("notes" in validated)) return validated;
  return { ...validated, notes: [...validated.notes, ...record.notes] };
}

function validatedBody(record: IncomingRecord, timeZone: string | null): Validated | Refusal {
  const body = timeZone ? withZone(record.body, timeZone) : record.body;
  switch (record.kind) {
    case "interaction": {
      const parsed = parse(interactionInput, body, byStated.interaction);
      return "reason" in parsed ? parsed : checkedInteraction(settledLeg(parsed, record.startHint), []);
    }
    case "call": {
      const parsed = parse(callInput, body, byStated.call);
      return "reason" in parsed ? parsed : checkedCall(parsed, record.startHint);
    }
    case "touchpoint": {
      const parsed = parse(touchpointInput, body, byStated.touchpoint);
      return "reason" in parsed ? parsed : checkedTouchpoint(settleTimes(parsed, ["occurredAt", "endedAt"], () => 0));
    }
    case "customer": {
      const parsed = parse(customerInput, body);
      return "reason" in parsed ? parsed : { kind: "customer", body: parsed };
    }
  }
}

const byStated = {
  interaction: openStated(interactionInput),
  call: openStated(callInput),
  touchpoint: openStated(touchpointInput),
};

function withZone(body: unknown, zone: string): unknown {
  if (typeof body !== "object" || body === null) return body;
  const zoned: Record<string, unknown> = { ...body };
  for (const field of TIME_FIELDS) {
    const value = zoned[field];
    if (typeof value === "string") zoned[field] = instantIn(value, zone) ?? value;
  }
  return zoned;
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  byStated: (body: unknown) => z.output<Schema> | null = () => null,
): z.output<Schema> | Refusal {
  const lost = lostIn(body);
  if (lost !== null) return { reason: "BAD_FIELD", message: `${lost.join(".")}: ${NO_NAME}`, path: lost };
  const stated = byStated(body);
  if (stated !== null) return stated;
  const parsed = schema.safeParse(body, { error: remedyOf, reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.path.map(String);
  const where = path.length > 0 ? `${path.join(".")}: ` : "";
  const reason = reasonOf(issue, { isTime: TIME_FIELDS.includes(path[0] ?? "") });
  return { reason, message: `${where}${issue.message}`, path };
}

/** Where a name stands that zod, and whoever assigns, passes over without a word: it would be the object's prototype. */
function lostIn(value: unknown): string[] | null {
  if (typeof value !== "object" || value === null) return null;
  if (Object.hasOwn(value, "__proto__")) return ["__proto__"];
  for (const name of Object.keys(value)) {
    const lost = lostIn((value as Record<string, unknown>)[name]);
    if (lost) return [name, ...lost];
  }
  return null;
}

const NO_NAME = "No value is kept under this name: send it under another.";

function checkedTouchpoint(body: CheckedTouchpoint): Validated | Refusal {
  if (body.endedAt && body.endedAt < body.occurredAt) return endsEarly("endedAt", "occurredAt");
  return { kind: "touchpoint", body, notes: [] };
}

function checkedCall(call: CheckedCall, startHint?: Date): Validated | Refusal {
  const said = settledLeg(spokenLeg(call), startHint);
  const { sessionStartTime: start, interactionEndTime: end } = said;
  if (end && end < start) return endsEarly("endedAt", "startedAt");
  const leg = Object.assign(said, timedByLengths(said), { customerSeconds: null });
  const checked = checkedInteraction(leg, oddLengths(call, leg));
  if ("reason" in checked) return refusedInCallsWords(checked);
  return "notes" in checked ? { ...checked, notes: checked.notes.map(inCallsWords) } : checked;
}

/** The leg with its local times read so that they fit its lengths, and what its sender's id says of its start. */
function settledLeg(leg: CheckedInteraction, startHint?: Date): CheckedInteraction {
  const away = (settled: CheckedInteraction) =>
    startHint ? Math.abs(settled.sessionStartTime.getTime() - startHint.getTime()) / 1_000 : 0;
  return settleTimes(leg, LEG_TIMES, (settled) => misfitOf(settled) + away(settled));
}

function checkedInteraction(body: CheckedInteraction, odd: DataQualityNote[]): Validated | Refusal {
  const { sessionStartTime, interactionStartTime, interactionEndTime, sessionEndTime } = body;
  if (interactionEndTime && interactionEndTime < (interactionStartTime ?? sessionStartTime)) {
    return endsEarly("interactionEndTime", interactionStartTime ? "interactionStartTime" : "sessionStartTime");
  }
  if (sessionEndTime && sessionEndTime < sessionStartTime) return endsEarly("sessionEndTime", "sessionStartTime");
  return { kind: "interaction", body, notes: [...odd, ...oddTimes(body), ...contradictions(body), ...oddWords(body)] };
}

function endsEarly(end: string, start: string): Refusal {
  return {
    reason: "ENDS_BEFORE_START",
    message: `${end} lies before ${start}: send both in the same zone, or leave ${end} out.`,
    path: [end],
  };
}

/** Times in an order that cannot be, yet whose lengths are not negative. */
function oddTimes(body: CheckedInteraction): DataQualityNote[] {
  const notes: DataQualityNote[] = [];
  const { sessionStartTime, interactionStartTime, interactionEndTime, sessionEndTime } = body;
  if (interactionStartTime && interactionStartTime < sessionStartTime) {
    notes.push({ field: "interactionStartTime", message: "Lies before sessionStartTime." });
  }
  if (sessionEndTime && interactionEndTime && sessionEndTime < interactionEndTime) {
    notes.push({ field: "sessionEndTime", message: "Lies before interactionEndTime." });
  }
  return notes;
}
