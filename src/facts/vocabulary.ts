/** The closed lists both wings and the contract share. Order of channels is precedence between events of one instant. */
export const CHANNELS = [
  "WEB",
  "APP",
  "BOT",
  "IVR",
  "CHAT",
  "VOICE",
  "SMS",
  "EMAIL",
  "SOCIAL",
  "MAIL",
  "FAX",
  "BRANCH",
  "SURVEY",
  "TASK",
  "OTHER",
] as const;
export type Channel = (typeof CHANNELS)[number];

export const TOUCHPOINT_KINDS = [
  "PAGE_VIEW",
  "SEARCH",
  "PROMPT",
  "INTENT",
  "CALL",
  "MESSAGE",
  "FORM",
  "TRANSACTION",
  "SURVEY",
  "OTHER",
] as const;
export type TouchpointKind = (typeof TOUCHPOINT_KINDS)[number];

export const DIRECTIONS = ["INBOUND", "OUTBOUND"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const OUTCOMES = [
  "HANDLED",
  "ABANDONED",
  "VOICEMAIL",
  "CALLBACK_REQUESTED",
  "CONTAINED",
  "TRANSFERRED_OUT",
  "FLOWED_OUT",
  "FAILED",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const CUSTOMER_KINDS = ["COMMERCIAL", "PERSONAL"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

/** What a logged leg is when it is looked at as a touchpoint; WEB and APP legs are none: their page views are. */
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

/** The seven answers a record can get (kernel §5). */
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
