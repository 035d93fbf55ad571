import { z } from "zod";
import { CHANNELS, CUSTOMER_KINDS, DIRECTIONS, OUTCOMES, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { AMOUNT_REMEDY, amountIn } from "../kit/amount.ts";
import { INSTANT_REMEDY, instantIn } from "../kit/instant.ts";
import { isWholeJson, isWholeText } from "./text.ts";

// The records that every door takes in, whatever it calls them: the validators are the vocabulary.
// Their field names are those of the public contract; `openapi.json` is printed from them.

/** Identities a record may carry. */
export const MAX_IDENTITIES = 10;
/** Characters of an identity's value. */
export const MAX_IDENTITY_LENGTH = 1_024;
/** Characters of an ordinary text field: longer is a mistake or an attack, not a name. */
const MAX_TEXT = 1_024;
/** Characters of notes. */
const MAX_NOTES = 20_000;
/** Characters of free metadata, as JSON. */
const MAX_JSON = 65_536;
/** Seconds of the longest length a record may state: a year. Within PostgreSQL's int4. */
const MAX_SECONDS = 31_622_400;
const EARLIEST = Date.UTC(1971, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const text = (max = MAX_TEXT, empty = "Leave the field out instead of sending an empty text.") =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(max, `At most ${max} characters.`)
    .refine(isWholeText, "Send it as plain Unicode text, without NUL characters and halves of characters.");

/** Times without a zone are given the zone of their source before they are judged here. */
const instant = z.union([z.date(), z.string(), z.number()], saying(INSTANT_REMEDY)).transform((value, context) => {
  const date = instantIn(value);
  const fault = date ? faultOf(date) : INSTANT_REMEDY;
  if (date && !fault) return date;
  context.addIssue({ code: "custom", message: fault ?? INSTANT_REMEDY });
  return z.NEVER;
});

/** A record is of the age of computers: anything else is a number in another unit. */
function faultOf(date: Date): string | null {
  if (date.getTime() >= EARLIEST && date.getTime() <= LATEST) return null;
  return `The time falls in ${date.getUTCFullYear()}: send Unix seconds or milliseconds of a time between 1971 and 2199.`;
}

/** A sentence for whatever else is sent; of what is missing, the door says that it is. */
function saying(message: string) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined || input === null ? undefined : message) };
}

const decimal = z.union([z.string(), z.number()], saying(AMOUNT_REMEDY)).transform((value, context) => {
  const amount = amountIn(value);
  if (amount !== null) return amount;
  context.addIssue({ code: "custom", message: AMOUNT_REMEDY });
  return z.NEVER;
});

export const moneyInput = z.strictObject({
  amount: decimal,
  currency: z.string().regex(/^[A-Z]{3}$/, "Send the currency as its ISO 4217 code, such as EUR."),
});

export const identityInput = z.strictObject({
  namespace: z.string().trim().min(1).max(64),
  value: z.union([z.string(), z.number()], saying("Send the value as text.")).transform(String),
});
export type IdentityInput = z.output<typeof identityInput>;

const identities = z.array(identityInput).max(MAX_IDENTITIES, `A record carries at most ${MAX_IDENTITIES} identities.`);
const anyIdentities = identities.nullish().transform((value): IdentityInput[] => value ?? []);
const seconds = z
  .number()
  .min(0, "A length cannot be negative.")
  .max(MAX_SECONDS, "A length is at most a year, in seconds.")
  .transform(Math.floor);
const json = z
  .record(z.string(), z.unknown())
  .refine(isWholeJson, "Send plain Unicode text, without NUL characters and halves of characters.")
  .refine((value) => JSON.stringify(value).length <= MAX_JSON, `At most ${MAX_JSON} characters of JSON.`);

/** Absent and null mean the same on an event; a customer record tells them apart. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);

const key = {
  source: text(64, "Name the system that sends the record."),
  sourceId: text(256, "Send the id that the record has in its own system."),
};

const jar = {
  universalSessionId: maybe(text(256)),
  sessionId: maybe(text(256)),
  holdSeconds: maybe(seconds),
  queueSeconds: maybe(seconds),
  agentId: maybe(text(256)),
  agentSkillId: maybe(text(256)),
  department: maybe(text()),
  team: maybe(text()),
  isResolved: maybe(z.boolean()),
  isTransferred: maybe(z.boolean()),
  agentIdTransferred: maybe(text(256)),
  csatScore: maybe(z.number().min(0).max(1_000)),
  csatScaleMax: maybe(z.number().positive().max(1_000)),
  isCallBack: maybe(z.boolean()),
  callBackSessionId: maybe(text(256)),
  direction: maybe(z.enum(DIRECTIONS)),
  callReason: maybe(text()),
  callCentreId: maybe(text(256)),
  outcome: maybe(z.enum(OUTCOMES)),
  cost: maybe(moneyInput),
  revenue: maybe(moneyInput),
  transactionId: maybe(text(256)),
  campaign: maybe(text()),
  medium: maybe(text()),
  metadata: maybe(json),
};

/** One leg of contact on any channel: a JAR row under the names of the contract. */
export const interactionInput = z.strictObject({
  ...key,
  revision: maybe(instant),
  identities: anyIdentities,
  channelType: z.enum(CHANNELS),
  sessionStartTime: instant,
  interactionStartTime: maybe(instant),
  interactionEndTime: maybe(instant),
  sessionEndTime: maybe(instant),
  sessionSeconds: maybe(seconds),
  customerSeconds: maybe(seconds),
  agentSeconds: maybe(seconds),
  interactionSeconds: maybe(seconds),
  intentCategory: maybe(text()),
  intent: maybe(text()),
  journeyStep: maybe(text()),
  channelTypeTransferred: maybe(z.enum(CHANNELS)),
  agentSkillIdTransferred: maybe(text(256)),
  isDigitalOffered: maybe(z.boolean()),
  isDigitalAccepted: maybe(z.boolean()),
  exitReasonCode: maybe(text(256)),
  interactionNotes: maybe(text(MAX_NOTES)),
  isTransferredToSurvey: maybe(z.boolean()),
  trackingNumber: maybe(text(64)),
  pageUrl: maybe(text(4_096)),
  ...jar,
});
export type InteractionInput = z.output<typeof interactionInput>;

/** A call as telephone systems log it; becomes an interaction of channel VOICE. */
export const callInput = z.strictObject({
  ...key,
  revision: maybe(instant),
  identities: anyIdentities,
  startedAt: instant,
  answeredAt: maybe(instant),
  endedAt: maybe(instant),
  wrapUpEndedAt: maybe(instant),
  durationSeconds: maybe(seconds),
  dialledNumber: maybe(text(64)),
  pageUrl: maybe(text(4_096)),
  notes: maybe(text(MAX_NOTES)),
  ...jar,
});
export type CallInput = z.output<typeof callInput>;

/** One moment on any channel. */
export const touchpointInput = z.strictObject({
  ...key,
  revision: maybe(instant),
  identities: anyIdentities,
  occurredAt: instant,
  endedAt: maybe(instant),
  sequence: maybe(z.int().min(0).max(2_147_483_647)),
  kind: z.enum(TOUCHPOINT_KINDS),
  channel: z.enum(CHANNELS),
  name: maybe(text()),
  section: maybe(text()),
  url: maybe(text(4_096)),
  sessionId: maybe(text(256)),
  universalSessionId: maybe(text(256)),
  value: maybe(moneyInput),
  campaign: maybe(text()),
  medium: maybe(text()),
  device: maybe(text(256)),
});
export type TouchpointInput = z.output<typeof touchpointInput>;

export const signalInput = z.strictObject({
  code: text(128),
  score: z.number().nullish(),
  reason: text(),
});

/** The CAR as one source states it. A field left out says nothing; an explicit null clears what this source said. */
export const customerInput = z.strictObject({
  ...key,
  observedAt: instant,
  identities: identities.min(1, "A customer record needs at least one identity: a custid, an e-mail, a phone."),
  displayName: text().nullish(),
  occupation: text().nullish(),
  age: z.int().min(0).max(150).nullish(),
  maritalStatus: text().nullish(),
  ethnicity: text().nullish(),
  grossAnnualIncome: moneyInput.nullish(),
  employmentType: text().nullish(),
  countryName: text().nullish(),
  region: text(256).nullish(),
  branchNumber: text(256).nullish(),
  customerCountryRelationship: text().nullish(),
  tenureMonths: z.int().min(0).max(2_400).nullish(),
  overallRevenue: moneyInput.nullish(),
  products: z.array(text()).max(100).nullish(),
  highRiskCustomer: z.boolean().nullish(),
  customerRestriction: text().nullish(),
  financialRiskCustomer: z.boolean().nullish(),
  customerSegmentId: text(256).nullish(),
  vvip: z.boolean().nullish(),
  premierCustomer: z.boolean().nullish(),
  commercialOrPersonal: z.enum(CUSTOMER_KINDS).nullish(),
  isDigitalEligible: z.boolean().nullish(),
  branchVisits: z.int().min(0).max(1_000_000).nullish(),
  commonChannels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).nullish(),
  device: text(256).nullish(),
  numberOfTotalProducts: z.int().min(0).max(100_000).nullish(),
  signals: z.array(signalInput).max(50).nullish(),
  extra: json.nullish(),
});
export type CustomerInput = z.output<typeof customerInput>;

/** The kinds a record's key may be of; they never collide. */
export const RECORD_KINDS = ["interaction", "touchpoint", "customer"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
