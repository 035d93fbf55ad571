import {
  AMOUNTS,
  BYTES,
  COUNTS,
  type ColumnTypes,
  DOUBLES,
  INTEGERS,
  LENGTHS,
  NUMBERS,
  WORDS,
} from "./column-types.ts";

// Which columns lie in memory of all that customers did.

/** The columns of one kind of row, each by its name. */
type Declared = Readonly<Record<string, ColumnTypes>>;
export type Columns<Some extends Declared> = { readonly [Name in keyof Some]: InstanceType<Some[Name][number]> };

/**
 * An event: a touchpoint, or a leg as the touchpoint that it is. `item`, `context` and `source` are numbers of the
 * dictionaries, -1 for none.
 */
export const EVENT_COLUMNS = {
  /** Milliseconds since 1970. */
  at: DOUBLES,
  /** Milliseconds from `at` to the latest end. */
  lasts: LENGTHS,
  kind: BYTES,
  channel: BYTES,
  isLeg: BYTES,
  /** Whether the record itself named a person: its subject is an ANCHOR or PERSONAL identity. */
  namesPerson: BYTES,
  source: COUNTS,
  item: NUMBERS,
  /** What brought a touchpoint, and its visit's device. */
  context: NUMBERS,
  /** Which visit or leg of its customer's it is of, in the order of their first events. */
  interaction: COUNTS,
  /** Of a leg: its row among the legs. Of a touchpoint: its contact, -1 where nothing ties its visit to others. */
  link: INTEGERS,
} as const;

/** A touchpoint that others may be counted with, across customers: what its place in the total order needs beside `at`. */
const TIED_COLUMNS = {
  row: WORDS,
  sequence: INTEGERS,
  id0: WORDS,
  id1: WORDS,
  id2: WORDS,
  id3: WORDS,
} as const;

/** A touchpoint that is worth money, or part of a transaction. */
export const WORTH_COLUMNS = {
  row: WORDS,
  id0: WORDS,
  id1: WORDS,
  id2: WORDS,
  id3: WORDS,
  /** Whole units and millionths; NaN for none. */
  units: DOUBLES,
  millionths: INTEGERS,
  currency: INTEGERS,
  transaction: INTEGERS,
} as const;

/** A customer, and where its rows begin; they end where those of the next begin. */
const CUSTOMER_COLUMNS = {
  id0: WORDS,
  id1: WORDS,
  id2: WORDS,
  id3: WORDS,
  events: WORDS,
  legs: WORDS,
  visits: WORDS,
  flags: BYTES,
  segment: INTEGERS,
  region: INTEGERS,
  products: INTEGERS,
} as const;

export const VISIT_COLUMNS = { at: DOUBLES, channel: BYTES, contact: INTEGERS } as const;

/** Every interaction that was reported but visits: consults, and legs on WEB and APP, included. */
export const LEG_COLUMNS = {
  id0: WORDS,
  id1: WORDS,
  id2: WORDS,
  id3: WORDS,
  sequence: NUMBERS,
  at: DOUBLES,
  channel: BYTES,
  outcome: BYTES,
  direction: BYTES,
  source: COUNTS,
  sharesCall: BYTES,
  contact: NUMBERS,
  /** Which interaction of its customer's it is, as events count them; -1 where no event is of it. */
  interaction: NUMBERS,
  isConsult: BYTES,
  /** Hashes of 53 bits, since they are compared and never shown; NaN for none. */
  callId: AMOUNTS,
  sourceId: AMOUNTS,
  contactKey: AMOUNTS,
  sessionId: AMOUNTS,
  universalSessionId: AMOUNTS,
  callBackSessionId: AMOUNTS,
  /** When an agent or bot took it up, when the conversation ended, and when the agent was done; NaN where not stated. */
  answeredAt: AMOUNTS,
  endedAt: AMOUNTS,
  doneAt: AMOUNTS,
  /** -1 where not stated. */
  queueSeconds: NUMBERS,
  holdSeconds: NUMBERS,
  agentSeconds: NUMBERS,
  interactionSeconds: NUMBERS,
  isResolved: BYTES,
  isTransferred: BYTES,
  transferredTo: BYTES,
  isDigitalOffered: BYTES,
  isDigitalAccepted: BYTES,
  isTransferredToSurvey: BYTES,
  isCallBack: BYTES,
  csatScore: AMOUNTS,
  csatScaleMax: AMOUNTS,
  matchStatus: BYTES,
  matchMethod: BYTES,
  statedAt: AMOUNTS,
  transaction: NUMBERS,
  costUnits: AMOUNTS,
  costMillionths: NUMBERS,
  costCurrency: NUMBERS,
  revenueUnits: AMOUNTS,
  revenueMillionths: NUMBERS,
  revenueCurrency: NUMBERS,
  intent: NUMBERS,
  callReason: NUMBERS,
  journeyStep: NUMBERS,
  agentId: NUMBERS,
  agentSkillId: NUMBERS,
  team: NUMBERS,
  department: NUMBERS,
  callCentreId: NUMBERS,
  trackingNumber: NUMBERS,
  device: NUMBERS,
  campaign: NUMBERS,
  medium: NUMBERS,
  campaignSource: NUMBERS,
  referrer: NUMBERS,
  landingPage: NUMBERS,
  broughtCampaign: NUMBERS,
  broughtMedium: NUMBERS,
  broughtCampaignSource: NUMBERS,
  broughtReferrer: NUMBERS,
  broughtLandingPage: NUMBERS,
} as const;

export const TABLES = {
  customers: CUSTOMER_COLUMNS,
  events: EVENT_COLUMNS,
  legs: LEG_COLUMNS,
  visits: VISIT_COLUMNS,
  tied: TIED_COLUMNS,
  worth: WORTH_COLUMNS,
} as const;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
