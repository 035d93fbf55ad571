import { cardsIn } from "./cards.ts";
import type { Passage } from "./digits-in.ts";
import { emailsIn } from "./emails.ts";
import { ibansIn } from "./ibans.ts";
import { inAscii } from "./in-ascii.ts";
import { phonesIn } from "./phones.ts";
import { isShelved, mayBeProduct } from "./products.ts";
import { socialSecurityIn } from "./social-security.ts";

/** What is taken out of texts before they are stored. */
export const REDACTED_KINDS = ["iban", "card", "ssn", "email", "phone", "digits"] as const;
export type RedactedKind = (typeof REDACTED_KINDS)[number];

export function isRedacted(word: string): word is RedactedKind {
  return (REDACTED_KINDS as readonly string[]).includes(word);
}

/** What says who somebody is: fine in a note that a person reads, not in the name of a page. */
const OF_PLACES: ReadonlySet<RedactedKind> = new Set(["email", "phone", "digits"]);

export interface Redacting {
  kinds: ReadonlySet<RedactedKind>;
  /** Where telephone numbers without a country code are from. */
  region: string;
}

/** A text without what was found in it; each kind is counted. */
export interface Redacted {
  text: string;
  found: RedactedKind[];
}

/** A note, a transcript, a value of metadata, whose key is `called`. */
export function redactText(text: string, redacting: Redacting, called = ""): Redacted {
  return redacted(text, redacting, { isPlace: false, called });
}

/** What somebody searched for, or the name of a page. */
export function redactSearch(text: string, redacting: Redacting): Redacted {
  return redacted(text, redacting, { isPlace: true, called: "" });
}

const CALLED = /^\s*(?:tel|sms|callto):/i;
const PARTS = /^((?:[a-z][a-z\d+.-]*:)?\/\/)?([^?#]*)(.*)$/is;

/**
 * An address: its path is the name of a page, and the rest is not kept but for the campaign. The number of a link that calls is
 * ours. A name and a password before the host are dropped.
 */
export function redactAddress(address: string, redacting: Redacting): Redacted {
  if (CALLED.test(address)) return redactText(address, redacting);
  const [, scheme = "", named, rest] = PARTS.exec(address)!;
  const [, user = "", host] = scheme ? /^([^/]*@)?([^/]*)/.exec(named!)! : ["", "", ""];
  const parts = [
    redactText(host!, redacting),
    redactSearch(named!.slice(user.length + host!.length), redacting),
    redactText(rest!, redacting),
  ];
  return { text: scheme + parts.map(({ text }) => text).join(""), found: parts.flatMap(({ found }) => found) };
}

/** The fewest digits of anything that is looked for. */
const ENOUGH_DIGITS = /(?:\d[^\d]*){6}/;
/** Ids that programs make: their digits are no number. */
const MADE_ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}/gi;
/** Fewer letters begin an account number: de82. */
const LETTERS_OF_IDS = 4;
const LETTER = /[a-f]/gi;

interface Written {
  isPlace: boolean;
  called: string;
}

function redacted(text: string, { kinds, region }: Redacting, { isPlace, called }: Written): Redacted {
  const { text: plain, places } = inAscii(text);
  const mayNumber = ENOUGH_DIGITS.test(plain);
  const mayName = isPlace && plain.includes("@");
  if (!mayNumber && !mayName) return { text, found: [] };
  const ascii = plain.replace(MADE_ID, (id) => (isNumber(id) ? id : "x".repeat(id.length)));
  const finders: Record<RedactedKind, () => Passage[]> = {
    card: () => cardsIn(ascii),
    iban: () => ibansIn(ascii),
    ssn: () => socialSecurityIn(ascii, called),
    email: () => emailsIn(ascii),
    phone: () => phonesIn(ascii, region),
    digits: () => longDigitsIn(ascii),
  };
  const isTaken = new Uint8Array(ascii.length);
  const taken: (Passage & { kind: RedactedKind })[] = [];
  for (const kind of REDACTED_KINDS) {
    if (!kinds.has(kind) || (!isPlace && OF_PLACES.has(kind)) || !(kind === "email" ? mayName : mayNumber)) continue;
    for (const { from, to } of finders[kind]().sort(longestFirst)) {
      if (isTaken.subarray(from, to).includes(1)) continue;
      isTaken.fill(1, from, to);
      taken.push({ from, to, kind });
    }
  }
  const written = places ? taken.map(({ kind, from, to }) => ({ kind, from: places[from]!, to: places[to]! })) : taken;
  return { text: without(text, written), found: taken.map(({ kind }) => kind) };
}

function isNumber(id: string): boolean {
  return !id.includes("-") && (id.match(LETTER)?.length ?? 0) < LETTERS_OF_IDS;
}

const longestFirst = (a: Passage, b: Passage) => b.to - b.from - (a.to - a.from);

function without(text: string, taken: readonly (Passage & { kind: RedactedKind })[]): string {
  let [left, at] = ["", 0];
  for (const { from, to, kind } of taken.toSorted((a, b) => a.from - b.from)) {
    left += `${text.slice(at, from)}[${kind}]`;
    at = to;
  }
  return left + text.slice(at);
}

/** The number of goods on their page says what, not who. */
function longDigitsIn(text: string): Passage[] {
  return [...text.matchAll(/\d{9,}/g)]
    .filter(({ 0: found, index }) => !(mayBeProduct(found) && isShelved(text, index)))
    .map(({ 0: found, index }) => ({ from: index, to: index + found.length }));
}
