/** A closed list that a field may hold one of, as every form of the field calls it. */
export interface Choices<Value extends string = string> {
  /** In GraphQL; PostgreSQL calls the type the same in snake case. */
  name: string;
  says: string;
  values: readonly Value[];
}

/** The order of channels is precedence between events of one instant. */
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
export const CHANNEL: Choices<Channel> = {
  name: "Channel",
  says: "Where a customer and the company met.",
  values: CHANNELS,
};

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
export const TOUCHPOINT_KIND: Choices<TouchpointKind> = {
  name: "TouchpointKind",
  says: "What a touchpoint is.",
  values: TOUCHPOINT_KINDS,
};

export const DIRECTIONS = ["INBOUND", "OUTBOUND"] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const DIRECTION: Choices<Direction> = {
  name: "Direction",
  says: "Who called whom: INBOUND is the customer calling.",
  values: DIRECTIONS,
};

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
export const OUTCOME: Choices<Outcome> = {
  name: "Outcome",
  says: "How a leg of contact ended.",
  values: OUTCOMES,
};

export const CUSTOMER_KINDS = ["COMMERCIAL", "PERSONAL"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];
export const CUSTOMER_KIND: Choices<CustomerKind> = {
  name: "CustomerKind",
  says: "A company or a private person.",
  values: CUSTOMER_KINDS,
};
