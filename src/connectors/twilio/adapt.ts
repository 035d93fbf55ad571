import type { AdaptedRecord } from "../adapter.ts";
import { eachIn, isRow, malformed, type Sent, textIn, unknownEvent } from "../raw.ts";
import { TWILIO } from "./source.ts";
import { studioEventOf, studioFormOf } from "./studio.ts";
import { callbackOf, listedCallOf } from "./voice.ts";
import type { VoiceCallPage } from "./voice.type.ts";

/** Twilio: status callbacks of calls, calls of its API, and what Studio flows report. */
export function adaptTwilio(raw: unknown): AdaptedRecord[] {
  return isRow(raw) ? adaptMessage(raw) : malformed(TWILIO, raw);
}

function adaptMessage(message: Readonly<Record<string, unknown>>): AdaptedRecord[] {
  if ("specversion" in message) return studioEventOf(message);
  if ("ExecutionSid" in message || "Widget" in message) return [studioFormOf(message)];
  if ("CallSid" in message && "CallStatus" in message) return [callbackOf(message)];
  if (textIn(message.sid)?.startsWith("CA") && "start_time" in message) return [listedCallOf(message)];
  const { calls, ...beside } = message as Sent<VoiceCallPage>;
  if (Array.isArray(calls) && calls.length > 0) return eachIn(calls, { source: TWILIO, beside, adapt: adaptMessage });
  return unknownEvent(TWILIO, message, "status callbacks of calls, calls, or events of Studio flows");
}
