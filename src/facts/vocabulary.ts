import type { Channel, TouchpointKind } from "../fields/choices.ts";

/** The kind of a reported leg as a touchpoint. WEB and APP legs are none: their page views are. */
const LEG_KINDS: Readonly<Record<Channel, TouchpointKind | null>> = {
  WEB: null,
  APP: null,
  BOT: "INTENT",
  IVR: "PROMPT",
  CHAT: "MESSAGE",
  VOICE: "CALL",
  SMS: "MESSAGE",
  EMAIL: "MESSAGE",
  SOCIAL: "MESSAGE",
  MAIL: "MESSAGE",
  FAX: "MESSAGE",
  BRANCH: "OTHER",
  SURVEY: "SURVEY",
  TASK: "OTHER",
  OTHER: "OTHER",
};

export function legKindOf(channel: Channel): TouchpointKind | null {
  return LEG_KINDS[channel];
}

/** Why the rules did not follow evidence, or a verdict. */
export const CONFLICT_KINDS = ["LIMIT", "NEVER", "SIZE", "CONTESTED", "OVERRULED", "SOURCE"] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** The seven statuses of a receipt (kernel §5). */
export const RECEIPT_STATUSES = [
  "ACCEPTED",
  "REPEATED",
  "SUPERSEDED",
  "STALE",
  "CONFLICT",
  "FILTERED",
  "REJECTED",
] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];
