import type { z } from "zod";
import { contradictions } from "../../facts/durations.ts";
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
import { CALL, LEG } from "../../fields/call.ts";
import { legOf } from "../../fields/derive/leg.ts";
import { timesOf } from "../../fields/derive/times.ts";
import { OBSERVED, REVISION } from "../../fields/record.ts";
import { TOUCHPOINT } from "../../fields/touchpoint.ts";
import { instantIn } from "../../kit/instant.ts";
import { secondsBetween } from "../../kit/time.ts";
import type { IncomingRecord, Refusal } from "../receipt.ts";
import { reasonOf, remedyOf } from "./remedy.ts";

export type Validated =
  | { kind: "interaction"; body: CheckedInteraction; notes: DataQualityNote[] }
  | { kind: "touchpoint"; body: CheckedTouchpoint }
  | { kind: "customer"; body: CheckedCustomer };

const TIME_FIELDS = timesOf(REVISION, OBSERVED, LEG, CALL, TOUCHPOINT);
/** A record in the contract's words, or why it is none. Times without a zone take the source's zone. */
export function validate(record: IncomingRecord, timeZone: string | null): Validated | Refusal {
  const body = timeZone ? withZone(record.body, timeZone) : record.body;
  switch (record.kind) {
    case "interaction": {
      const parsed = parse(interactionInput, body);
      return "reason" in parsed ? parsed : checkedInteraction(parsed, []);
    }
    case "call": {
      const parsed = parse(callInput, body);
      return "reason" in parsed ? parsed : checkedCall(parsed);
    }
    case "touchpoint": {
      const parsed = parse(touchpointInput, body);
      return "reason" in parsed ? parsed : checkedTouchpoint(parsed);
    }
    case "customer": {
      const parsed = parse(customerInput, body);
      return "reason" in parsed ? parsed : { kind: "customer", body: parsed };
    }
  }
}

function withZone(body: unknown, zone: string): unknown {
  if (typeof body !== "object" || body === null) return body;
  const zoned: Record<string, unknown> = { ...body };
  for (const field of TIME_FIELDS) {
    const value = zoned[field];
    if (typeof value === "string") zoned[field] = instantIn(value, zone) ?? value;
  }
  return zoned;
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> | Refusal {
  const parsed = schema.safeParse(body, { error: remedyOf, reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.path.map(String);
  const where = path.length > 0 ? `${path.join(".")}: ` : "";
  const reason = reasonOf(issue, { isTime: TIME_FIELDS.includes(path[0] ?? "") });
  return { reason, message: `${where}${issue.message}`, path };
}

function checkedTouchpoint(body: CheckedTouchpoint): Validated | Refusal {
  if (body.endedAt && body.endedAt < body.occurredAt) return endsEarly("endedAt", "occurredAt");
  return { kind: "touchpoint", body };
}

function checkedCall(call: CheckedCall): Validated | Refusal {
  const { source, sourceId, revision, identities, startedAt, endedAt, durationSeconds } = call;
  if (endedAt && endedAt < startedAt) return endsEarly("endedAt", "startedAt");
  const end = endedAt ?? (durationSeconds === null ? null : new Date(startedAt.getTime() + durationSeconds * 1000));
  const measured = secondsBetween(startedAt, end);
  const odd: DataQualityNote[] = [];
  if (durationSeconds !== null && measured !== durationSeconds) {
    odd.push({
      field: "durationSeconds",
      message: `Stated as ${durationSeconds} s, but ${measured} s lie between startedAt and endedAt.`,
    });
  }
  const leg = Object.assign(legOf(call), { interactionEndTime: end });
  return checkedInteraction(Object.assign(leg, { source, sourceId, revision, identities }), odd);
}

function checkedInteraction(body: CheckedInteraction, odd: DataQualityNote[]): Validated | Refusal {
  const { sessionStartTime, interactionStartTime, interactionEndTime, sessionEndTime } = body;
  if (interactionEndTime && interactionEndTime < (interactionStartTime ?? sessionStartTime)) {
    return endsEarly("interactionEndTime", interactionStartTime ? "interactionStartTime" : "sessionStartTime");
  }
  if (sessionEndTime && sessionEndTime < sessionStartTime) return endsEarly("sessionEndTime", "sessionStartTime");
  return { kind: "interaction", body, notes: [...odd, ...oddTimes(body), ...contradictions(body)] };
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
  if (body.csatScore !== null && body.csatScaleMax !== null && body.csatScore > body.csatScaleMax) {
    notes.push({ field: "csatScore", message: "Is above csatScaleMax." });
  }
  return notes;
}
