import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  millisOf,
  momentIn,
  moneyIn,
  numberIn,
  type Sent,
  shifted,
  stated,
  textIn,
  unusable,
} from "../raw.ts";
import { TWILIO } from "./source.ts";
import type { VoiceCall, VoiceCallback } from "./voice.type.ts";

/**
 * A status callback. Only the last one says how long the call was, and when it began has to be counted back from it; the
 * ones before are replaced by it.
 */
export function callbackOf(callback: Sent<VoiceCallback>): AdaptedRecord {
  const sid = textIn(callback.CallSid);
  if (textIn(callback.ParentCallSid)) return unusable(TWILIO, callback, CHILD_LEG);
  const status = textIn(callback.CallStatus)?.toLowerCase() ?? "";
  const firedAt = momentIn(callback.Timestamp);
  const seconds = numberIn(callback.CallDuration);
  const isOver = OUTCOMES.has(status);
  const body = {
    source: TWILIO,
    sourceId: sid,
    revision: revisionOf(firedAt, numberIn(callback.SequenceNumber)),
    ...partiesOf(callback.Direction, { from: callback.From, to: callback.To }),
    sessionId: sid,
    startedAt: isOver ? (shifted(firedAt, -(seconds ?? 0)) ?? firedAt) : firedAt,
    endedAt: isOver ? firedAt : null,
    outcome: OUTCOMES.get(status),
    metadata: stated({
      answeredBy: textIn(callback.AnsweredBy),
      forwardedFrom: textIn(callback.ForwardedFrom),
      sipResponseCode: textIn(callback.SipResponseCode),
    }),
  };
  return adaptedOf("call", body, callback);
}

/** A call of the REST API, which states its times. */
export function listedCallOf(call: Sent<VoiceCall>): AdaptedRecord {
  const sid = textIn(call.sid);
  if (textIn(call.parent_call_sid) && textIn(call.direction) === "outbound-dial")
    return unusable(TWILIO, call, CHILD_LEG);
  const price = numberIn(call.price);
  const body = {
    source: TWILIO,
    sourceId: sid,
    revision: laterOf(momentIn(call.date_updated), momentIn(call.end_time)),
    ...partiesOf(call.direction, { from: call.from, to: call.to }),
    sessionId: sid,
    startedAt: momentIn(call.start_time),
    endedAt: momentIn(call.end_time),
    outcome: OUTCOMES.get(textIn(call.status)?.toLowerCase() ?? ""),
    cost: moneyIn(price === null ? null : Math.abs(price), call.price_unit),
    metadata: stated({ answeredBy: textIn(call.answered_by), forwardedFrom: textIn(call.forwarded_from) }),
  };
  return adaptedOf("call", body, call);
}

const CHILD_LEG = {
  reason: "CHILD_LEG",
  message:
    "Set the status callback on the customer's call: the leg to the agent is a part of it, and would count twice.",
};

const OUTCOMES = new Map([
  ["completed", "HANDLED"],
  ["no-answer", "ABANDONED"],
  ["canceled", "ABANDONED"],
  ["busy", "FAILED"],
  ["failed", "FAILED"],
]);

/** Events of one second are told apart by their number. */
function revisionOf(firedAt: string | number | null, sequence: number | null): string | null {
  return shifted(firedAt, (sequence ?? 0) / 1_000);
}

function laterOf(one: string | number | null, other: string | number | null): string | number | null {
  return (millisOf(one) ?? 0) >= (millisOf(other) ?? 0) ? one : other;
}

/** The customer is who called, or who was called. */
function partiesOf(direction: unknown, { from, to }: { from: unknown; to: unknown }) {
  const isOutbound = textIn(direction)?.startsWith("outbound") ?? false;
  return {
    direction: isOutbound ? "OUTBOUND" : "INBOUND",
    identities: identityIn("phone", isOutbound ? to : from),
    dialledNumber: isOutbound ? null : textIn(to),
  };
}
