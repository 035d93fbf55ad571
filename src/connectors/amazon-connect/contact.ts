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

/** The direction; none for an initiation method that may be either, such as API or TRANSFER. */
export function directionOf(method: unknown): string | null {
  return DIRECTIONS.get(textIn(method) ?? "") ?? null;
}
