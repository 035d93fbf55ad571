import { createHash } from "node:crypto";
import { amountIn } from "../kit/amount.ts";
import { canonical } from "../kit/canonical.ts";
import { instantIn } from "../kit/instant.ts";
import { holdsLongNumber, LongNumber } from "../kit/json.ts";
import { isCurrency } from "../kit/money.ts";
import { type AdaptedRecord, accept, reject } from "./adapter.ts";
import { restOf } from "./rest.ts";

// What senders write cannot be trusted to be what their documentation says. An adapter casts a message to `Sent` of the
// documented type, so that the field names are checked, and takes every leaf out through one of these readers.

declare const item: unique symbol;
interface SentList<Item> {
  readonly [item]?: Item;
}

/** What arrives where the documentation says T: any part may be missing, null, or of another type. */
export type Sent<T> = T extends readonly (infer Item)[]
  ? SentList<Item>
  : T extends object
    ? { readonly [Key in keyof T]?: Sent<NonNullable<T[Key]>> | null }
    : unknown;

/** Whether a value is a JSON object. */
export function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; none where no list was sent. */
export function rowsIn<Item>(list: SentList<Item> | null | undefined): Sent<Item>[] {
  return Array.isArray(list) ? (list.filter(isRow) as Sent<Item>[]) : [];
}

/** The texts of a list; none where no list was sent. */
export function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map((value) => textIn(value)).filter((value) => value !== null) : [];
}

/** The first text among the values, trimmed; numbers count as texts, digit by digit, and empty texts do not. */
export function textIn(...values: unknown[]): string | null {
  for (const value of values) {
    const isNumber = value instanceof LongNumber || (typeof value === "number" && Number.isFinite(value));
    const text = isNumber ? String(value) : value;
    if (typeof text === "string" && text.trim()) return text.trim();
  }
  return null;
}

const LONGEST_NAME = 1_024;

/** A text that describes and identifies nothing, cut to what a record holds: a long title is no reason to lose it. */
export function nameIn(...values: unknown[]): string | null {
  return (
    textIn(...values)
      ?.slice(0, LONGEST_NAME)
      .trim() ?? null
  );
}

const LONGEST_NOTE = 20_000;

/** Notes, cut to what a record holds. */
export function noteIn(value: unknown): string | null {
  return textIn(value)?.slice(0, LONGEST_NOTE).trim() ?? null;
}

/** A number, also one written as text. */
export function numberIn(value: unknown): number | null {
  const text = textIn(value);
  if (text === null) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** True or false, also written as a word; null for anything else. */
export function flagIn(value: unknown): boolean | null {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : null;
}

const RFC_2822 = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;

/**
 * A time as it is stored: Unix times become numbers, RFC 2822 becomes RFC 3339, all else stays as it was sent. A time
 * without a zone is left to the settings of its source; one that is none is refused with its field.
 */
export function momentIn(...values: unknown[]): string | number | null {
  const text = textIn(...values);
  if (text === null) return null;
  if (/^\d{9,}(\.\d+)?$/.test(text)) return Number(text);
  const millis = RFC_2822.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis) ? text : new Date(millis).toISOString();
}

/** The milliseconds of a moment; null where it has no zone, since only its source knows which one is meant. */
export function millisOf(moment: unknown): number | null {
  return instantIn(moment)?.getTime() ?? null;
}

/** A moment some seconds away; null where it cannot be told. */
export function shifted(moment: unknown, seconds: number | null): string | null {
  const millis = millisOf(moment);
  if (millis === null || seconds === null) return null;
  const date = new Date(Math.round(millis + seconds * 1_000));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** An amount with its currency; null unless both are there. */
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
 * An identity, or none where the sender left it empty. A number of more digits than numbers keep stays one, for the
 * validator to refuse: the sender's own program may have rounded it.
 */
export function identityIn(namespace: string, ...values: unknown[]): SentIdentity[] {
  const sent = values.find((value) => textIn(value) !== null);
  const value = sent instanceof LongNumber ? sent : textIn(sent);
  return value === null ? [] : [{ namespace, value }];
}

/** An id for what its sender gives none: the same row always has the same. */
export function idOf(row: unknown): string {
  return createHash("sha256").update(canonical(row)).digest("hex").slice(0, 32);
}

/** Only what says something: nulls, empty lists and empty objects are left out. */
export function stated(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRow(value) && Object.keys(value).length === 0;
}

/** The time that each kind of record is about. */
const TIME_OF = {
  interaction: "sessionStartTime",
  call: "startedAt",
  touchpoint: "occurredAt",
  customer: "observedAt",
} as const;

/**
 * A record of what was sent, unless it lacks its id or its time. It keeps what no field takes of the message, or of the
 * part of it that `told` names.
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

/** What no field of ours holds is kept as it was sent: the digits of a long number as text. */
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

/** What could not be made into a record; the message itself is kept beside the reason. */
export function unusable(source: string, row: unknown, { reason, message }: Unusable): AdaptedRecord {
  return reject(accept("interaction", { source, row }), reason, message);
}

/** A message that is no JSON object. */
export function malformed(source: string, row: unknown): AdaptedRecord[] {
  return [
    unusable(source, row, {
      reason: "MALFORMED",
      message: "Send a JSON object or a form, as the sender documents it.",
    }),
  ];
}

/** A message of a type that is no contact, or that nobody has described to us. */
export function unknownEvent(source: string, row: unknown, known: string): AdaptedRecord[] {
  return [
    unusable(source, row, {
      reason: "UNKNOWN_EVENT",
      message: `No record can be made of this type of message: send ${known}.`,
    }),
  ];
}
