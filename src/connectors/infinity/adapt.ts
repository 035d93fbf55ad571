import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  isRow,
  malformed,
  nameIn,
  numberIn,
  type Sent,
  shifted,
  stated,
  textIn,
  unknownEvent,
} from "../raw.ts";
import type { CallEvent } from "./call-event.type.ts";

const SOURCE = "infinity";

/** Infinity's calls, online and offline. */
export function adaptInfinity(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  if ("telcoCallRef" in raw || "dialledPhoneNumber" in raw) return [callOf(raw)];
  return unknownEvent(SOURCE, raw, "call events, with their telcoCallRef");
}

function callOf(call: Sent<CallEvent>): AdaptedRecord {
  const startedAt = utc(textIn(call.dt));
  const rang = numberIn(call.ringTime) ?? 0;
  const seconds = numberIn(call.callDuration);
  const bridged = numberIn(call.bridgeDuration);
  const endedAt = shifted(startedAt, seconds === null ? null : rang + seconds);
  const body = {
    source: SOURCE,
    sourceId: textIn(call.telcoCallRef),
    // It is sent again under the same reference while the call goes on: the longer duration is the later one.
    revision: endedAt,
    identities: [...identityIn("cookie", call.visitorId), ...identityIn("phone", call.srcPhoneNumber)],
    direction: "INBOUND",
    startedAt,
    answeredAt: bridged ? shifted(startedAt, rang) : null,
    endedAt,
    outcome: bridged === null ? null : bridged > 0 ? "HANDLED" : "ABANDONED",
    dialledNumber: textIn(call.dialledPhoneNumber),
    pageUrl: textIn(call.href),
    transactionId: textIn(call.txr),
    campaign: nameIn(call.campaign),
    medium: nameIn(call.medium),
    metadata: stated({
      visitorId: textIn(call.visitorId),
      igrp: textIn(call.igrp),
      callState: nameIn(call.callState),
      destination: textIn(call.destPhoneNumber),
    }),
  };
  return adaptedOf("call", body, call);
}

/** Infinity's times are UTC and do not say so. */
function utc(time: string | null): string | null {
  return time && /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(time) ? `${time.replace(" ", "T")}Z` : time;
}
