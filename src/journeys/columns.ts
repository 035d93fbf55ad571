import { weighed } from "./shared-memory.ts";

// What lies in memory of all that customers did: typed arrays over shared memory, so that every worker reads the same.

/** The typed arrays that a column may be. */
type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array;
interface NumbersConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer, offset: number, length: number): Numbers;
}

/** The columns of one kind of row, each by its name. */
type Declared = Readonly<Record<string, NumbersConstructor>>;
type Columns<Some extends Declared> = { readonly [Name in keyof Some]: InstanceType<Some[Name]> };

/**
 * An event: a touchpoint, or a leg as the touchpoint that it is. `item`, `context` and `source` are numbers of the
 * dictionaries, -1 for none.
 */
const EVENT_COLUMNS = {
  /** Milliseconds since 1970. */
  at: Float64Array,
  /** Milliseconds from `at` to the latest end. */
  lasts: Float64Array,
  kind: Uint8Array,
  channel: Uint8Array,
  isLeg: Uint8Array,
  /** Whether the record itself named a person: its subject is an ANCHOR or PERSONAL identity. */
  namesPerson: Uint8Array,
  source: Uint32Array,
  item: Int32Array,
  /** What brought a touchpoint, and its visit's device. */
  context: Int32Array,
  /** Which visit or leg of its customer's it is of, in the order of their first events. */
  interaction: Uint32Array,
  /** Of a leg: its row among the legs. Of a touchpoint: its contact, -1 where nothing ties its visit to others. */
  link: Int32Array,
} as const;

/** A touchpoint that others may be counted with, across customers: what its place in the total order needs beside `at`. */
const TIED_COLUMNS = {
  row: Uint32Array,
  sequence: Int32Array,
  id0: Uint32Array,
  id1: Uint32Array,
  id2: Uint32Array,
  id3: Uint32Array,
} as const;

/** A touchpoint that is worth money, or part of a transaction. */
export const WORTH_COLUMNS = {
  row: Uint32Array,
  id0: Uint32Array,
  id1: Uint32Array,
  id2: Uint32Array,
  id3: Uint32Array,
  /** Whole units and millionths; NaN for none. */
  units: Float64Array,
  millionths: Int32Array,
  currency: Int32Array,
  transaction: Int32Array,
} as const;

/** A customer, and where its rows begin; they end where those of the next begin. */
const CUSTOMER_COLUMNS = {
  id0: Uint32Array,
  id1: Uint32Array,
  id2: Uint32Array,
  id3: Uint32Array,
  events: Uint32Array,
  legs: Uint32Array,
  visits: Uint32Array,
  flags: Uint8Array,
  segment: Int32Array,
  region: Int32Array,
  products: Int32Array,
} as const;

/** Bits of a customer's `flags`. */
export const IS_NOBODY = 1;
export const IS_ANONYMOUS = 2;
export const IS_NAMED = 4;
export const IS_VVIP = 8;

export const VISIT_COLUMNS = { at: Float64Array, channel: Uint8Array, contact: Int32Array } as const;

/** Of a choice that a leg does not make, and of a claim (else 1 or 0) that it does not state. */
export const NO_CODE = 255;
/** Every interaction that was reported but visits: consults, and legs on WEB and APP, included. */
export const LEG_COLUMNS = {
  id0: Uint32Array,
  id1: Uint32Array,
  id2: Uint32Array,
  id3: Uint32Array,
  sequence: Int32Array,
  at: Float64Array,
  channel: Uint8Array,
  outcome: Uint8Array,
  direction: Uint8Array,
  source: Uint32Array,
  sharesCall: Uint8Array,
  contact: Int32Array,
  isConsult: Uint8Array,
  /** Hashes of 53 bits, since they are compared and never shown; NaN for none. */
  callId: Float64Array,
  sourceId: Float64Array,
  contactKey: Float64Array,
  sessionId: Float64Array,
  universalSessionId: Float64Array,
  callBackSessionId: Float64Array,
  /** When an agent or bot took it up, when the conversation ended, and when the agent was done; NaN where not stated. */
  answeredAt: Float64Array,
  endedAt: Float64Array,
  doneAt: Float64Array,
  /** -1 where not stated. */
  queueSeconds: Int32Array,
  holdSeconds: Int32Array,
  agentSeconds: Int32Array,
  interactionSeconds: Int32Array,
  isResolved: Uint8Array,
  isTransferred: Uint8Array,
  transferredTo: Uint8Array,
  isDigitalOffered: Uint8Array,
  isDigitalAccepted: Uint8Array,
  isTransferredToSurvey: Uint8Array,
  isCallBack: Uint8Array,
  csatScore: Float64Array,
  csatScaleMax: Float64Array,
  matchStatus: Uint8Array,
  matchMethod: Uint8Array,
  statedAt: Float64Array,
  transaction: Int32Array,
  costUnits: Float64Array,
  costMillionths: Int32Array,
  costCurrency: Int32Array,
  revenueUnits: Float64Array,
  revenueMillionths: Int32Array,
  revenueCurrency: Int32Array,
  intent: Int32Array,
  callReason: Int32Array,
  journeyStep: Int32Array,
  agentId: Int32Array,
  agentSkillId: Int32Array,
  team: Int32Array,
  department: Int32Array,
  callCentreId: Int32Array,
  trackingNumber: Int32Array,
  device: Int32Array,
  campaign: Int32Array,
  medium: Int32Array,
  campaignSource: Int32Array,
  referrer: Int32Array,
  landingPage: Int32Array,
  broughtCampaign: Int32Array,
  broughtMedium: Int32Array,
  broughtCampaignSource: Int32Array,
  broughtReferrer: Int32Array,
  broughtLandingPage: Int32Array,
} as const;

const TABLES = {
  customers: CUSTOMER_COLUMNS,
  events: EVENT_COLUMNS,
  legs: LEG_COLUMNS,
  visits: VISIT_COLUMNS,
  tied: TIED_COLUMNS,
  worth: WORTH_COLUMNS,
} as const;
export type Events = Columns<typeof EVENT_COLUMNS>;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

export type Lengths = Readonly<Record<TableName, number>>;

/** A partition as other threads get it: one buffer, since sending costs by the buffer, and how many rows lie in it. */
export interface LaidDown {
  /** No other partition has this number. */
  readonly serial: number;
  readonly lengths: Lengths;
  readonly buffer: SharedArrayBuffer;
}

/**
 * The customers whose ids begin with the same byte, in order of id, each with its rows in total order. Never changed: what
 * is new is laid down beside it.
 */
export type Partition = LaidDown & { readonly [Name in TableName]: Columns<(typeof TABLES)[Name]> };

/** Tables by contact hold serial numbers in 32 bits. Partitions of two billion versions ago are gone. */
const MOST_SERIALS = 2 ** 31;
let serials = 0;

/** Room for so many rows. */
export function allocate(lengths: Lengths): Partition {
  serials = (serials + 1) % MOST_SERIALS;
  return partitionOf({ serial: serials, lengths, buffer: new SharedArrayBuffer(bytesOf(lengths)) });
}

/** The columns of what was laid down, in whatever thread. */
export function partitionOf({ serial, lengths, buffer }: LaidDown): Partition {
  weighed(buffer);
  let offset = 0;
  const tables = TABLE_NAMES.map((name) => {
    const rows = rowsOf(name, lengths);
    const columns = Object.entries<NumbersConstructor>(TABLES[name]).map(([column, Column]) => {
      const numbers = new Column(buffer, offset, rows);
      offset += roomFor(Column, rows);
      return [column, numbers];
    });
    return [name, Object.fromEntries(columns)];
  });
  return { ...Object.fromEntries(tables), serial, lengths, buffer } as Partition;
}

function bytesOf(lengths: Lengths): number {
  const columns = TABLE_NAMES.flatMap((name) =>
    Object.values<NumbersConstructor>(TABLES[name]).map((Column) => roomFor(Column, rowsOf(name, lengths))),
  );
  return columns.reduce((sum, bytes) => sum + bytes, 0);
}

/** Of customers there is one more, which says where the last one's rows end. */
const rowsOf = (name: TableName, lengths: Lengths): number => lengths[name] + (name === "customers" ? 1 : 0);

/** Bytes of a column. The next one begins where any number may lie. */
function roomFor({ BYTES_PER_ELEMENT }: NumbersConstructor, rows: number): number {
  return Math.ceil((rows * BYTES_PER_ELEMENT) / 8) * 8;
}

export const EMPTY_PARTITION: Partition = allocate({ customers: 0, events: 0, legs: 0, visits: 0, tied: 0, worth: 0 });

/** How many customers a partition has. */
export const customerCount = ({ lengths }: Partition): number => lengths.customers;
