import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  millisOf,
  momentIn,
  moneyIn,
  numberIn,
  type Sent,
  type SentIdentity,
  shifted,
  stated,
  textIn,
} from "../raw.ts";
import { TWILIO } from "./source.ts";
import type { VoiceCall, VoiceCallback } from "./voice.type.ts";

/**
 * A status callback. Only the last one has the call's duration, from which its start is counted back; it replaces the ones
 * before.
 */
export function callbackOf(callback: Sent<VoiceCallback>): AdaptedRecord {
  const sid = textIn(callback.CallSid);
  const status = textIn(callback.CallStatus)?.toLowerCase() ?? "";
  const firedAt = momentIn(callback.Timestamp);
  const seconds = numberIn(callback.CallDuration);
  const isOver = OUTCOMES.has(status);
  const body = {
    source: TWILIO,
    sourceId: sid,
    revision: revisionOf(firedAt, numberIn(callback.SequenceNumber)),
    ...partiesOf(callback.Direction, { from: callback.From, to: callback.To, parent: callback.ParentCallSid }),
    ...tiesOf(sid, callback.ParentCallSid),
    startedAt: isOver ? (shifted(firedAt, -(seconds ?? 0)) ?? firedAt) : firedAt,
    endedAt: isOver ? firedAt : null,
    outcome: outcomeOf(status, { direction: callback.Direction, answeredBy: callback.AnsweredBy }),
    metadata: stated({
      answeredBy: textIn(callback.AnsweredBy),
      forwardedFrom: textIn(callback.ForwardedFrom),
      sipResponseCode: textIn(callback.SipResponseCode),
    }),
  };
  return adaptedOf("call", body, callback);
}

/** A call as the REST API lists it, with its times. */
export function listedCallOf(call: Sent<VoiceCall>): AdaptedRecord {
  const sid = textIn(call.sid);
  const price = numberIn(call.price);
  const body = {
    source: TWILIO,
    sourceId: sid,
    revision: laterOf(momentIn(call.date_updated), momentIn(call.end_time)),
    ...partiesOf(call.direction, { from: call.from, to: call.to, parent: call.parent_call_sid }),
    ...tiesOf(sid, call.parent_call_sid),
    startedAt: momentIn(call.start_time),
    endedAt: momentIn(call.end_time),
    outcome: outcomeOf(textIn(call.status)?.toLowerCase() ?? "", {
      direction: call.direction,
      answeredBy: call.answered_by,
    }),
    cost: moneyIn(price === null ? null : Math.abs(price), call.price_unit),
    metadata: stated({ answeredBy: textIn(call.answered_by), forwardedFrom: textIn(call.forwarded_from) }),
  };
  return adaptedOf("call", body, call);
}

/** A call that <Dial> made belongs to the contact of the call that it was made in. */
function tiesOf(sid: string | null, parent: unknown) {
  const parentSid = textIn(parent);
  return { sessionId: parentSid ?? sid, contactKey: parentSid ?? sid, isConsult: parentSid ? true : null };
}

const OUTCOMES = new Map([
  ["completed", "HANDLED"],
  ["no-answer", "ABANDONED"],
  ["canceled", "ABANDONED"],
  ["busy", "FAILED"],
  ["failed", "FAILED"],
]);

/** Answering machines and fax machines complete a call too. An outbound call that nobody answers has failed: nobody gave up. */
function outcomeOf(status: string, sent: { direction: unknown; answeredBy: unknown }): string | null {
  const outcome = OUTCOMES.get(status) ?? null;
  if (outcome === "HANDLED" && /^(machine|fax)/.test(textIn(sent.answeredBy)?.toLowerCase() ?? "")) return "VOICEMAIL";
  return outcome === "ABANDONED" && isOutboundCall(sent.direction) ? "FAILED" : outcome;
}

function isOutboundCall(direction: unknown): boolean {
  return textIn(direction)?.toLowerCase().startsWith("outbound") ?? false;
}

/** The sequence number orders the events of one second. */
function revisionOf(firedAt: string | number | null, sequence: number | null): string | null {
  return shifted(firedAt, (sequence ?? 0) / 1_000);
}

function laterOf(one: string | number | null, other: string | number | null): string | number | null {
  return (millisOf(one) ?? 0) >= (millisOf(other) ?? 0) ? one : other;
}

/**
 * The customer is the caller of an inbound call, and the called party of an outbound one. A call that <Dial> made does not
 * say which of the two it is: its parent has the customer.
 */
function partiesOf(direction: unknown, { from, to, parent }: { from: unknown; to: unknown; parent: unknown }) {
  if (textIn(parent)) return { agentId: textIn(to) };
  const isOutbound = isOutboundCall(direction);
  return {
    direction: isOutbound ? "OUTBOUND" : "INBOUND",
    identities: partyIn(isOutbound ? to : from),
    dialledNumber: isOutbound ? null : textIn(to),
  };
}

/** A client of Twilio's SDK has a name that it gave itself. */
export function partyIn(address: unknown): SentIdentity[] {
  return textIn(address)?.startsWith("client:") ? [] : identityIn("phone", address);
}
