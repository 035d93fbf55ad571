import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  isRow,
  malformed,
  momentIn,
  nameIn,
  noteIn,
  numberIn,
  type Sent,
  shifted,
  stated,
  textIn,
  textsIn,
  unknownEvent,
} from "../raw.ts";
import type { CallTrackingActivity } from "./activity.type.ts";

const SOURCE = "call-tracking-metrics";

/** Calls of CallTrackingMetrics, with the visitor who saw the number, and its campaign. */
export function adaptCallTrackingMetrics(raw: unknown): AdaptedRecord[] {
  return isRow(raw) ? adaptActivity(raw) : malformed(SOURCE, raw);
}

function adaptActivity(activity: Sent<CallTrackingActivity>): AdaptedRecord[] {
  const direction = DIRECTIONS.get(textIn(activity.direction) ?? "");
  if (!direction) return unknownEvent(SOURCE, activity, "calls, whose direction is inbound or outbound");
  const startedAt = momentIn(activity.unix_time, activity.called_at);
  const seconds = numberIn(activity.duration);
  const isOutbound = direction === "OUTBOUND";
  const outcome = OUTCOMES.get(textIn(activity.status, activity.dial_status)?.toLowerCase() ?? "");
  const talked = numberIn(activity.talk_time) ?? 0;
  const body = {
    source: SOURCE,
    sourceId: textIn(activity.sid, activity.id),
    // It is sent again while the call goes on: the longer duration is the later one.
    revision: shifted(startedAt, seconds),
    identities: identitiesOf(activity, isOutbound),
    direction,
    startedAt,
    answeredAt: talked > 0 ? shifted(startedAt, numberIn(activity.ring_time)) : null,
    durationSeconds: seconds,
    holdSeconds: numberIn(activity.hold_time),
    outcome: isOutbound && outcome === "ABANDONED" ? "FAILED" : outcome,
    // On an outbound call this is the number that we show.
    dialledNumber: isOutbound ? null : textIn(activity.tracking_number),
    agentId: textIn(activity.agent?.id, activity.agent?.email),
    pageUrl: textIn(activity.last_location, activity.location),
    campaign: nameIn(activity.campaign, activity.source),
    medium: nameIn(activity.medium),
    notes: noteIn(activity.notes),
    metadata: stated({
      visitorId: textIn(activity.visitor_sid),
      businessNumber: textIn(activity.business_number),
      tags: textsIn(activity.tag_list),
    }),
  };
  return [adaptedOf("call", body, activity)];
}

const DIRECTIONS = new Map([
  ["inbound", "INBOUND"],
  ["outbound", "OUTBOUND"],
]);

const OUTCOMES = new Map([
  ["answered", "HANDLED"],
  ["completed", "HANDLED"],
  ["no-answer", "ABANDONED"],
  ["no answer", "ABANDONED"],
  ["hangup", "ABANDONED"],
  ["voicemail", "VOICEMAIL"],
  ["busy", "FAILED"],
  ["failed", "FAILED"],
]);

function identitiesOf({ custom_fields: custom, ...activity }: Sent<CallTrackingActivity>, isOutbound: boolean) {
  return [
    ...identityIn("email", activity.email),
    ...identityIn("bizible", activity.bizible_id, custom?.bizible_id, custom?.BizibleId, custom?._biz_uid),
    ...identityIn("cookie", activity.visitor_sid),
    ...identityIn("phone", isOutbound ? null : activity.caller_number, activity.contact_number),
  ];
}
