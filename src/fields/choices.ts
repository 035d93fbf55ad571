/** A closed list of values, of which a field holds one. */
export interface Choices<Value extends string = string> {
  /** The GraphQL type; PostgreSQL has the same name in snake case. */
  name: string;
  says: string;
  values: readonly Value[];
  /** What each value means, where its name does not say it. */
  meaning?: Readonly<Record<Value, string>>;
}

/** The order of channels is precedence between events of one instant and sequence. */
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

/** The order of kinds is precedence between such events on one channel: an order comes after the page that it was placed on. */
export const TOUCHPOINT_KINDS = [
  "PAGE_VIEW",
  "SEARCH",
  "PROMPT",
  "INTENT",
  "MESSAGE",
  "FORM",
  "CALL",
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

const CUSTOMER_KINDS = ["COMMERCIAL", "PERSONAL"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];
export const CUSTOMER_KIND: Choices<CustomerKind> = {
  name: "CustomerKind",
  says: "A company or a private person.",
  values: CUSTOMER_KINDS,
};

export const MATCH_STATUSES = ["MATCHED", "OUT_OF_SESSION", "OFFLINE", "NO_IDENTITY", "UNUSABLE"] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];
export const MATCH_STATUS: Choices<MatchStatus> = {
  name: "MatchStatus",
  says: "Whether a call could be tied to a web visit, and if not, why.",
  values: MATCH_STATUSES,
  meaning: {
    MATCHED: "Tied to the web session it came out of.",
    OUT_OF_SESSION: "The customer has been on the web before, but not in the call's session.",
    OFFLINE: "The customer is known and was never seen on the web before the call.",
    NO_IDENTITY: "Nothing identifies the caller.",
    UNUSABLE: "The settings of its source say that its visitor id belongs to another system.",
  },
};

export const MATCH_METHODS = ["VISITOR_ID", "TRACKING_NUMBER", "CALLER_NUMBER", "CLICK_TO_CALL", "PROXIMITY"] as const;
export type MatchMethod = (typeof MATCH_METHODS)[number];
export const MATCH_METHOD: Choices<MatchMethod> = {
  name: "MatchMethod",
  says: "What tied a call to a web visit, the surest first.",
  values: MATCH_METHODS,
  meaning: {
    VISITOR_ID: "The call carried the visitor's id.",
    TRACKING_NUMBER: "The number dialled was shown to this visitor at the time.",
    CALLER_NUMBER: "The caller's number belongs to the visitor.",
    CLICK_TO_CALL: "The visitor had just clicked to call.",
    PROXIMITY: "The only visitor who was looking at the page at the time.",
  },
};

export const PURPOSES = ["SERVICE", "ANALYTICS", "MARKETING", "RECORDING"] as const;
export type Purpose = (typeof PURPOSES)[number];
export const PURPOSE: Choices<Purpose> = {
  name: "ConsentPurpose",
  says: "What somebody's data may be used for.",
  values: PURPOSES,
  meaning: {
    SERVICE: "To be served by what is known of them: look-ups and timelines.",
    ANALYTICS: "To be counted in reports.",
    MARKETING: "To be addressed with offers.",
    RECORDING: "To have calls recorded.",
  },
};

export const CONSENT_USES = ["LOOKUP", "TIMELINE", "REPORTS", "EXPORTS"] as const;
export type ConsentUse = (typeof CONSENT_USES)[number];
export const CONSENT_USE: Choices<ConsentUse> = {
  name: "ConsentUse",
  says: "Where consent is asked for.",
  values: CONSENT_USES,
  meaning: {
    LOOKUP: "Who is calling: without the consent the card says who it is, and nothing more.",
    TIMELINE: "What the customer did, as interactions and touchpoints.",
    REPORTS: "Every report, and the people behind its figures.",
    EXPORTS: "The views for business intelligence, and the lake.",
  },
};
