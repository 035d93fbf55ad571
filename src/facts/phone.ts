import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { type CallerAddress, callerAddressIn } from "./address.ts";
import type { SourceSettings } from "./identity.ts";
import { renumbered, subscriberNumber } from "./renumbered.ts";
import { plainText } from "./spelling.ts";
import { isWithheldAddress } from "./withheld.ts";

/** A number that a line may have, in E.164. */
export interface CallerNumber {
  e164: string;
  /** Whether its range is in use; test data, new ranges and masked data are possible but not valid. */
  isValid: boolean;
}

/** Parsing takes some 20 µs and the same callers come back: this many answers are kept, the oldest dropped first. */
const CACHED = 50_000;
const parsed = new Map<string, CallerNumber | null>();

/** The number as E.164, read in a region when it has no country code; null when no such number is possible. */
export function callerNumber(value: string, region: string): CallerNumber | null {
  const key = `${region} ${value}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const number = parse(callerAddressIn(plainText(value)), region);
  if (parsed.size >= CACHED) parsed.delete(parsed.keys().next().value!);
  parsed.set(key, number);
  return number;
}

/** Whether it is the code of a region whose numbers can be read without a country code, such as SE. */
export function isPhoneRegion(code: string): boolean {
  return isSupportedCountry(code);
}

/** A dialled number as it is stored and compared: E.164 where it can be, else as it was sent. */
export function dialledAs(value: string, region: string): string {
  return callerNumber(value, region)?.e164 ?? value.trim();
}

/** Whether a telephone system says that the caller hid the number. */
export function isWithheld(value: string): boolean {
  return isWithheldAddress(callerAddressIn(value));
}

const ownLines = new WeakMap<SourceSettings, ReadonlySet<string>>();

/** Whether the number is one of the source's own lines, however they are spelt. */
export function isOwnNumber(e164: string, source: SourceSettings, region: string): boolean {
  if (source.ownNumbers.length === 0) return false;
  let lines = ownLines.get(source);
  if (!lines) {
    lines = new Set(source.ownNumbers.map((line) => callerNumber(line, region)?.e164 ?? line));
    ownLines.set(source, lines);
  }
  return lines.has(e164);
}

/** What people write before a number. */
const LABEL = /^(?:telephone|telefon|tel|phone|mobile|mob|cell|fax|ph|t|m|p)\b[.:\s]*(?=[+\d(])/i;
/** A whole number that passed through a float. */
const FLOATED = /^(\+?\d+)\.0+$/;
/** Two numbers in one value are no number. */
const TWO = /\d[\d\s().-]{5,}[,;/|&]\s*\+?\d[\d\s().-]{5,}$/;

function parse({ user, context }: CallerAddress, region: string): CallerNumber | null {
  const text = user.replace(LABEL, "").replace(FLOATED, "$1");
  if (/^\p{L}/u.test(text) || TWO.test(text)) return null;
  const number = inContext(text, context) ?? inCountry(text, region);
  return number?.isPossible() ? settled(number) : null;
}

/** RFC 3966: a number without a country code is complete only together with its context, unless the context repeats it. */
function inContext(text: string, context: string | null): PhoneNumber | null {
  if (!context?.startsWith("+") || text.startsWith("+")) return null;
  const number = read(context + text);
  return number?.isPossible() ? number : null;
}

/** Digits with a country code have so many at least, where national numbers of most countries have fewer. */
const INTERNATIONAL = /^[1-9]\d{10,}$/;
/** Signs of an international call that the region's own rules do not know: ++46, +0046, 0046, 01146. */
const DOUBLED = /^\+[+\s]*(?:00|011|(?=\+))?[+\s]*/;
const ABROAD = /^(?:00|011)(?=[1-9]\d{7,})/;

function inCountry(text: string, region: string): PhoneNumber | undefined {
  const written = text.replace(DOUBLED, (sign) => (sign ? "+" : ""));
  const number = read(written, region);
  if (number?.isValid() || written.startsWith("+")) return number;
  const digits = written.replace(/[\s().-]/g, "");
  const abroad = ABROAD.test(digits) ? digits.replace(ABROAD, "+") : INTERNATIONAL.test(digits) ? `+${digits}` : null;
  const foreign = abroad === null ? undefined : read(abroad, region);
  return foreign?.isValid() ? foreign : number;
}

/** In its form of today, if the country has changed it; some old forms are still in the tables. */
function read(text: string, region?: string): PhoneNumber | undefined {
  const number = parsePhoneNumberFromString(text, region?.toUpperCase() as CountryCode | undefined);
  if (!number) return undefined;
  const now = renumbered(number.countryCallingCode, number.nationalNumber);
  const today = now === null ? undefined : parsePhoneNumberFromString(now);
  return today?.isValid() ? today : number;
}

/** One digit again and again, or counting: no subscriber has such a number, whatever the range. */
const MADE_UP = /^(\d)\1+$/;
const COUNTING = ["01234567890", "12345678901", "98765432109"];

function settled(number: PhoneNumber): CallerNumber | null {
  const { nationalNumber } = number;
  if (MADE_UP.test(nationalNumber) || COUNTING.some((run) => run.startsWith(nationalNumber))) return null;
  const isValid = number.isValid();
  // Of a number of no range some zeros may be left that are dropped when it is read again.
  const plain = isValid ? number : (parsePhoneNumberFromString(number.number) ?? number);
  return plain.number === number.number ? { e164: subscriberNumber(number.number), isValid } : settled(plain);
}
