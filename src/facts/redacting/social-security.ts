import { passesLuhn } from "./cards.ts";
import type { Passage } from "./digits-in.ts";

/** One country's numbers: how they are written, and whether what is written so may be one. */
interface Rule {
  pattern: RegExp;
  mayBe(characters: string): boolean;
  /** Its shape says too little: a word for such a number stands before it. */
  isNamed?: true;
}

/** What stands between the parts of such a number. */
const S = "[\\s\\p{Pd}.\u00b7/\u2212]{0,3}";
const ALONE_BEFORE = "(?<![\\p{L}\\p{N}+])";
const ALONE_AFTER = "(?![\\p{L}\\p{N}])";
const written = (parts: string) => new RegExp(`${ALONE_BEFORE}${parts.replaceAll(" ", S)}${ALONE_AFTER}`, "giu");

const NAME =
  "(?:social security|soc\\.? ?sec|\\bssn\\b|\\bss ?#|national insurance|\\bni ?(?:number|no\\b|nr|#)|\\bnino?\\b|person(?:al)?[- .]?(?:nummer|n[ru]\\b|id\\b|number)|\\bpers\\.? ?nr|\\bpnr\\b|" +
  "henkilötunnus|\\bhetu\\b|fødselsnummer|\\bcpr|\\bbsn\\b|burgerservicenummer|numéro de sécurité sociale|\\bnir\\b|" +
  "versicherungsnummer|\\b(?:sv|rv)[- ]?(?:nr|nummer)|codice fiscale|\\bdni\\b)";
const NAMED_BEFORE = new RegExp(`${NAME}[^\\p{N}]{0,40}$`, "iu");
const NAMED_AFTER = new RegExp(`^[^\\p{N}]{0,40}${NAME}`, "iu");
/** The longest name with what may stand between it and the number. */
const NEAR = 70;

/**
 * What chance brings often enough in numbers of cases, parts and invoices (more than one of a thousand of that shape) needs a
 * word for it near by; the American and the Italian shape are kept for nothing else.
 */
const RULES: readonly Rule[] = [
  // United States: no area 000, 666 or 900 and above, no group 00, no serial 0000.
  { pattern: written("\\d{3}[-\\u2010-\\u2015\\u2212]\\d{2}[-\\u2010-\\u2015\\u2212]\\d{4}"), mayBe: isAmerican },
  { pattern: written("\\d{3} \\d{2} \\d{4}"), mayBe: isAmerican, isNamed: true },
  // Sweden
  { pattern: written("(?:19|20)\\d{6} [-+]?\\d{4}"), mayBe: isSwedish },
  { pattern: written("\\d{6} [-+]?\\d{4}"), mayBe: isSwedish, isNamed: true },
  // Finland
  { pattern: written("\\d{6}(?:[A-FU-Y]\\d{3}\\d|[-+A-FU-Y]\\d{3}[A-Y])"), mayBe: isFinnish },
  { pattern: written("\\d{6}[-+]\\d{4}"), mayBe: isFinnish, isNamed: true },
  // Norway
  { pattern: written("\\d{6} \\d{5}"), mayBe: isNorwegian },
  // Denmark
  { pattern: written("\\d{6} \\d{4}"), mayBe: (text) => isDay(text.slice(0, 2), text.slice(2, 4)), isNamed: true },
  // United Kingdom
  {
    pattern: written("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \\d{2} \\d{2} \\d{2} [A-D]"),
    mayBe: isBritish,
    isNamed: true,
  },
  // France
  { pattern: written("[12] \\d{2} \\d{2} \\d[\\dAB] \\d{3} \\d{3} \\d{2}"), mayBe: isFrench },
  // Italy
  { pattern: written("[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]"), mayBe: isItalian },
  // Netherlands
  { pattern: written("\\d{3} \\d{3} \\d{3}"), mayBe: isDutch, isNamed: true },
  // Germany
  {
    pattern: written("\\d{2} \\d{6} [A-Z] \\d{3}"),
    mayBe: (text) => isDay(text.slice(2, 4), text.slice(4, 6)),
    isNamed: true,
  },
];

/** Where a text in ASCII digits has a social security number; the text may be `called` so, as a value is by its key. */
export function socialSecurityIn(text: string, called: string): Passage[] {
  const isCalled = NAMED_BEFORE.test(called.slice(-NEAR));
  return RULES.flatMap(({ pattern, mayBe, isNamed }) =>
    [...text.matchAll(pattern)].flatMap(({ 0: found, index }) => {
      const to = index + found.length;
      if (!mayBe(found.toUpperCase().replace(/[^\dA-Z]/g, ""))) return [];
      return !isNamed || isCalled || isNamedNearBy(text, index, to) ? [{ from: index, to }] : [];
    }),
  );
}

function isNamedNearBy(text: string, from: number, to: number): boolean {
  return NAMED_BEFORE.test(text.slice(Math.max(0, from - NEAR), from)) || NAMED_AFTER.test(text.slice(to, to + NEAR));
}

function isAmerican(digits: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

/** Ten digits pass Luhn; a day above 60 is a coordination number. */
function isSwedish(digits: string): boolean {
  const ten = digits.slice(-10);
  const day = Number(ten.slice(4, 6));
  return isDay(String(day > 60 ? day - 60 : day), ten.slice(2, 4)) && passesLuhn(ten);
}

const FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";

function isFinnish(characters: string): boolean {
  const serial = characters.slice(-4, -1);
  const digits = characters.slice(0, 6) + serial;
  if (serial < "002" || serial > "899") return false;
  return isDay(digits.slice(0, 2), digits.slice(2, 4)) && FINNISH[Number(digits) % 31] === characters.at(-1);
}

const NORWEGIAN = [
  [3, 7, 6, 1, 8, 9, 4, 5, 2, 1],
  [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1],
];

function isNorwegian(digits: string): boolean {
  const day = Number(digits.slice(0, 2));
  return (
    isDay(String(day > 40 ? day - 40 : day), digits.slice(2, 4)) &&
    NORWEGIAN.every((w) => weighed(digits, w) % 11 === 0)
  );
}

function isBritish(characters: string): boolean {
  return !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(characters);
}

function isFrench(characters: string): boolean {
  if (!isDay("01", characters.slice(3, 5))) return false;
  const number = BigInt(characters.slice(0, 13).replace("2A", "19").replace("2B", "18"));
  return 97n - (number % 97n) === BigInt(characters.slice(13));
}

/** What each character counts at odd places; at even ones a letter counts its place in the alphabet, a digit itself. */
const ITALIAN = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const LETTER_A = 65;

function isItalian(characters: string): boolean {
  const day = Number(characters.slice(9, 11)) % 40;
  if (day < 1 || day > 31) return false;
  const places = [...characters].map((c) => (/\d/.test(c) ? Number(c) : c.charCodeAt(0) - LETTER_A));
  const sum = places.slice(0, -1).reduce((all, own, at) => all + (at % 2 === 0 ? ITALIAN[own]! : own), 0);
  return sum % 26 === places.at(-1);
}

function isDutch(digits: string): boolean {
  return weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

function weighed(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
}

function isDay(day: string, month: string): boolean {
  return Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
}
