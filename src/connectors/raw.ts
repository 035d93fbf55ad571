import { createHash } from "node:crypto";
import { amountIn } from "../kit/amount.ts";
import { canonical } from "../kit/canonical.ts";
import { instantIn } from "../kit/instant.ts";
import { holdsLongNumber, LongNumber } from "../kit/json.ts";
import { isCurrency } from "../kit/money.ts";
import { type AdaptedRecord, accept, reject } from "./adapter.ts";
import { inEnvelope, outOfEnvelope } from "./envelope.ts";
import { restOf } from "./rest.ts";

// A sender may write something else than its documentation says. An adapter casts a message to `Sent` of the documented
// type, so that TypeScript checks the field names, and reads every value with one of these functions.

declare const item: unique symbol;
interface SentList<Item> {
  readonly [item]?: Item;
}

/** A message that should be a T: any part of it may be missing, null, or of another type. */
export type Sent<T> = T extends readonly (infer Item)[]
  ? SentList<Item>
  : T extends object
    ? { readonly [Key in keyof T]?: Sent<NonNullable<T[Key]>> | null }
    : unknown;

/** Whether a value is a JSON object. */
export function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; an empty list when the value is not a list. */
export function rowsIn<Item>(list: SentList<Item> | null | undefined): Sent<Item>[] {
  return Array.isArray(list) ? (list.filter(isRow) as Sent<Item>[]) : [];
}

/** The members of a list, each at its place: other parts of the message count them. An empty object stands for what is none. */
export function placesIn<Item>(list: SentList<Item> | null | undefined): Sent<Item>[] {
  return Array.isArray(list) ? list.map((one) => (isRow(one) ? one : {}) as Sent<Item>) : [];
}

/** What the members of a list become, with what stands beside the list. A member that is no object is refused. */
export function eachIn(
  list: readonly unknown[],
  { source, beside, adapt }: { source: string; beside: object; adapt: (member: never) => AdaptedRecord[] },
): AdaptedRecord[] {
  const told = beside as Readonly<Record<string, unknown>>;
  return list.flatMap((one) => (isRow(one) ? adapt(inEnvelope(one, told) as never) : malformed(source, one)));
}

/** The texts of a list; an empty list when the value is not a list. */
export function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map((value) => textIn(value)).filter((value) => value !== null) : [];
}

/** The first of the values that is a text, trimmed. A number counts as its digits; an empty text does not count. */
export function textIn(...values: unknown[]): string | null {
  for (const value of values) {
    const isNumber = value instanceof LongNumber || (typeof value === "number" && Number.isFinite(value));
    const text = isNumber ? String(value) : value;
    if (typeof text === "string" && text.trim()) return text.trim();
  }
  return null;
}

const LONGEST_NAME = 1_024;

/** A text that identifies nothing, cut to what a record may hold: a record is not refused because its title is long. */
export function nameIn(...values: unknown[]): string | null {
  return (
    textIn(...values)
      ?.slice(0, LONGEST_NAME)
      .trim() ?? null
  );
}

const LONGEST_NOTE = 20_000;

/** Notes, cut to what a record may hold. */
export function noteIn(value: unknown): string | null {
  return textIn(value)?.slice(0, LONGEST_NOTE).trim() ?? null;
}

/** A number, or a text that spells one. */
export function numberIn(value: unknown): number | null {
  const text = textIn(value);
  if (text === null) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** True or false, or a word that means one of them; null for anything else. */
export function flagIn(value: unknown): boolean | null {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : null;
}

const RFC_2822 = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;

/**
 * A time for a record. A Unix time becomes a number, RFC 2822 becomes RFC 3339, and anything else stays as it was sent.
 * The settings of the source give a time without a zone its zone; the validator refuses a text that is no time.
 */
export function momentIn(...values: unknown[]): string | number | null {
  const text = textIn(...values);
  if (text === null) return null;
  if (/^\d{9,}(\.\d+)?$/.test(text)) return Number(text);
  const millis = RFC_2822.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis) ? text : new Date(millis).toISOString();
}

/** The milliseconds of an instant; null for a time without a zone, since only the settings of its source name the zone. */
export function millisOf(moment: unknown): number | null {
  return instantIn(moment)?.getTime() ?? null;
}

/** The instant so many seconds later; null when the first instant is unknown. */
export function shifted(moment: unknown, seconds: number | null): string | null {
  const millis = millisOf(moment);
  if (millis === null || seconds === null) return null;
  const date = new Date(Math.round(millis + seconds * 1_000));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** An amount with its currency; null when either is missing. */
export function moneyIn(amount: unknown, currency: unknown): { amount: string; currency: string } | null {
  const number = numberIn(amount);
  const code = textIn(currency)?.toUpperCase() ?? "";
  if (number === null || !isCurrency(code)) return null;
  return { amount: amountIn(number) ?? String(number), currency: code };
}

export interface SentIdentity {
  namespace: string;
  value: string | LongNumber;
}

/**
 * An identity, or an empty list when the value is empty. A number with more digits than JavaScript keeps stays a number, and
 * the validator refuses it: the sender's program may have rounded it.
 */
export function identityIn(namespace: string, ...values: unknown[]): SentIdentity[] {
  const sent = values.find((value) => textIn(value) !== null);
  const value = sent instanceof LongNumber ? sent : textIn(sent);
  return value === null ? [] : [{ namespace, value }];
}

/** An id for a record whose sender gives none: equal rows have equal ids. */
export function idOf(row: unknown): string {
  const said = isRow(row) ? outOfEnvelope(row) : row;
  return createHash("sha256").update(canonical(said)).digest("hex").slice(0, 32);
}

/** The object without nulls, empty lists and empty objects. */
export function stated(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRow(value) && Object.keys(value).length === 0;
}

/** The field of each kind of record that says when it happened. */
const TIME_OF = {
  interaction: "sessionStartTime",
  call: "startedAt",
  touchpoint: "occurredAt",
  customer: "observedAt",
} as const;

/**
 * Makes a record, or a rejection when the id or the time is missing. The record also keeps what its fields do not hold of the
 * message, or of the part of the message that `told` names.
 */
export function adaptedOf(
  kind: AdaptedRecord["kind"],
  body: Record<string, unknown>,
  row: unknown,
  told: unknown = row,
): AdaptedRecord {
  const said = stated({ ...body, ...kept(body) });
  const source = String(body.source);
  if (said.sourceId === undefined) return unusable(source, row, MISSING_ID);
  if (said[TIME_OF[kind]] === undefined) return unusable(source, row, MISSING_TIME);
  const more = kind === "customer" ? "extra" : "metadata";
  const { [more]: named, ...fields } = said;
  const { sent, cut, own } = restOf(told, { fields, named: isRow(named) ? named : {} });
  const isLeg = kind === "interaction" || kind === "call";
  const rest = stated({ sent, cut: isLeg ? null : cut });
  const record = accept(kind, stated({ ...fields, [more]: { ...own, ...rest } }));
  return isLeg && cut !== null ? { ...record, notes: [{ field: `${more}.sent`, message: cut }] } : record;
}

/** Keeps what no field holds as it was sent; a long number is kept as the text of its digits. */
function kept({ metadata, extra }: Record<string, unknown>): Record<string, unknown> {
  return { ...(metadata ? { metadata: inDigits(metadata) } : {}), ...(extra ? { extra: inDigits(extra) } : {}) };
}

function inDigits(value: unknown): unknown {
  if (value instanceof LongNumber) return value.digits;
  if (Array.isArray(value)) return value.map(inDigits);
  if (!isRow(value) || !holdsLongNumber(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inDigits(member)]));
}

export interface Unusable {
  reason: string;
  message: string;
}

const MISSING_ID = {
  reason: "MISSING_ID",
  message: "Send the message with its sender's id: nothing else tells it apart.",
};
const MISSING_TIME = {
  reason: "MISSING_TIME",
  message: "Send the message with its time: when it arrived says nothing.",
};

/** A rejection: a message that could not become a record. The message is stored with the reason. */
export function unusable(source: string, row: unknown, { reason, message }: Unusable): AdaptedRecord {
  return reject(accept("interaction", { source, row }), reason, message);
}

/** The rejection of a message that is not a JSON object. */
export function malformed(source: string, row: unknown): AdaptedRecord[] {
  return [
    unusable(source, row, {
      reason: "MALFORMED",
      message: "Send a JSON object, with each name in it once, or a form, as the sender documents it.",
    }),
  ];
}

/** The rejection of a message whose type is not a contact, or is unknown here. */
export function unknownEvent(source: string, row: unknown, known: string): AdaptedRecord[] {
  return [
    unusable(source, row, {
      reason: "UNKNOWN_EVENT",
      message: `No record can be made of this type of message: send ${known}.`,
    }),
  ];
}
