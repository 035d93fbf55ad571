import { textIn } from "../raw.ts";

export const AMAZON_CONNECT = "amazon-connect";

const CHANNELS = new Map([
  ["VOICE", "VOICE"],
  ["CHAT", "CHAT"],
  ["TASK", "TASK"],
  ["EMAIL", "EMAIL"],
]);

/** A call that never reached a queue was with the IVR all the time. */
export function channelOf(channel: unknown, isQueued: boolean): string {
  const known = CHANNELS.get(textIn(channel)?.toUpperCase() ?? "") ?? "OTHER";
  return known === "VOICE" && !isQueued ? "IVR" : known;
}

const DIRECTIONS = new Map([
  ["INBOUND", "INBOUND"],
  ["OUTBOUND", "OUTBOUND"],
  ["EXTERNAL_OUTBOUND", "OUTBOUND"],
  ["CALLBACK", "OUTBOUND"],
]);

/** Who began: an initiation method that says nothing of it, such as API, or TRANSFER of either, gives none. */
export function directionOf(method: unknown): string | null {
  return DIRECTIONS.get(textIn(method) ?? "") ?? null;
}
