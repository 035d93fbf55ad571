import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  isRow,
  malformed,
  momentIn,
  moneyIn,
  nameIn,
  numberIn,
  type Sent,
  stated,
  textIn,
  unknownEvent,
} from "../raw.ts";
import type { TapCall } from "./call.type.ts";

const SOURCE = "responsetap";

/** ResponseTap's calls, online and offline. */
export function adaptResponsetap(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  if ("callId" in raw || "cliNumber" in raw) return [callOf(raw)];
  return unknownEvent(SOURCE, raw, "calls, with their callId");
}

function callOf(call: Sent<TapCall>): AdaptedRecord {
  const body = {
    source: SOURCE,
    sourceId: textIn(call.callId),
    identities: [...identityIn("cookie", call.visitorId), ...identityIn("phone", call.cliNumber)],
    direction: "INBOUND",
    startedAt: momentIn(call.callStartTime),
    endedAt: momentIn(call.callEndTime),
    durationSeconds: numberIn(call.callDuration),
    outcome: OUTCOMES.get(textIn(call.callStatus)?.toLowerCase() ?? ""),
    dialledNumber: textIn(call.dialledNumber),
    pageUrl: textIn(call.pageUrl),
    campaign: nameIn(call.campaign),
    medium: nameIn(call.medium),
    transactionId: textIn(call.transactionId),
    revenue: moneyIn(call.transactionValue, call.currency),
    metadata: stated({ visitorId: textIn(call.visitorId) }),
  };
  return adaptedOf("call", body, call);
}

const OUTCOMES = new Map([
  ["answered", "HANDLED"],
  ["unanswered", "ABANDONED"],
  ["missed", "ABANDONED"],
  ["busy", "FAILED"],
]);
