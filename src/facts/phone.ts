import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SourceSettings } from "./identity.ts";

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
  const number = parse(value, region);
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

/** Addresses of telephone systems: `tel:+46…`, `sip:+46…@host`, `whatsapp:+46…`. */
const SCHEME = /^(?:tel|sips?|whatsapp):/i;

function parse(value: string, region: string): CallerNumber | null {
  const number = parsePhoneNumberFromString(withoutScheme(value), region.toUpperCase() as CountryCode);
  return number?.isPossible() ? { e164: number.number, isValid: number.isValid() } : null;
}

function withoutScheme(value: string): string {
  return SCHEME.test(value) ? value.replace(SCHEME, "").replace(/@.*$/, "") : value;
}

const WITHHELD = new Set([
  "anonymous",
  "blocked",
  "caller id blocked",
  "no caller id",
  "not available",
  "number withheld",
  "private",
  "private number",
  "restricted",
  "unavailable",
  "unknown",
  "unknown caller",
  "withheld",
]);

/** The same words as some carriers dial them on the letters of a keypad: +266696687 is ANONYMOUS. */
const WITHHELD_NUMBERS = new Set(["+266696687", "+7378742833", "+2562533", "+8656696", "+8566696", "+86282452253"]);

/** Whether a telephone system says that the caller hid the number. */
export function isWithheld(value: string): boolean {
  const word = withoutScheme(value).toLowerCase();
  return WITHHELD.has(word) || WITHHELD_NUMBERS.has(word);
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
