import { type CountryCode, findPhoneNumbersInText } from "libphonenumber-js/max";
import { cardsIn } from "./cards.ts";
import { ibansIn } from "./ibans.ts";
import { inAscii } from "./in-ascii.ts";
import type { Passage } from "./numbers-in.ts";
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

/** A note, a transcript, a value of metadata. */
export function redactText(text: string, redacting: Redacting): Redacted {
  return redacted(text, redacting, { isPlace: false });
}

/** What somebody searched for, or the name of a page. */
export function redactSearch(text: string, redacting: Redacting): Redacted {
  return redacted(text, redacting, { isPlace: true });
}

const CALLED = /^\s*(?:tel|sms|callto):/i;

/** An address: its path is the name of a page, and the rest is not kept but for the campaign. The number of a link that calls is ours. */
export function redactAddress(address: string, redacting: Redacting): Redacted {
  if (CALLED.test(address)) return { text: address, found: [] };
  const [, host, path, rest] = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(address)!;
  const [inPath, inRest] = [inAddress(path!, redactSearch, redacting), inAddress(rest!, redactText, redacting)];
  const found = [...inPath.found, ...inRest.found];
  return found.length === 0 ? { text: address, found } : { text: `${host ?? ""}${inPath.text}${inRest.text}`, found };
}

function inAddress(part: string, redact: typeof redactText, redacting: Redacting): Redacted {
  const plain = decoded(part);
  const { text, found } = redact(plain, redacting);
  if (found.length === 0) return { text: part, found };
  return { text: plain === part ? text : encodeURI(text).replaceAll("%5B", "[").replaceAll("%5D", "]"), found };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The fewest digits of anything that is looked for. */
const ENOUGH_DIGITS = /(?:\p{Nd}[^\p{Nd}]*){6}/u;
/** Ids that programs make: their digits are no number. */
const MADE_ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}/gi;
/** Fewer letters begin an account number: de82. */
const LETTERS_OF_IDS = 4;
const LETTER = /[a-f]/gi;

function redacted(text: string, { kinds, region }: Redacting, { isPlace }: { isPlace: boolean }): Redacted {
  const mayNumber = ENOUGH_DIGITS.test(text);
  if (!mayNumber && !(isPlace && text.includes("@"))) return { text, found: [] };
  const { text: plain, places } = inAscii(text);
  const ascii = plain.replace(MADE_ID, (id) =>
    !id.includes("-") && (id.match(LETTER)?.length ?? 0) < LETTERS_OF_IDS ? id : "x".repeat(id.length),
  );
  const finders: Record<RedactedKind, () => Passage[]> = {
    card: () => cardsIn(ascii),
    iban: () => ibansIn(ascii),
    ssn: () => socialSecurityIn(ascii),
    email: () => emailsIn(ascii),
    phone: () => phonesIn(ascii, region),
    digits: () => longDigitsIn(ascii),
  };
  const found: RedactedKind[] = [];
  const taken: (Passage & { kind: RedactedKind })[] = [];
  for (const kind of REDACTED_KINDS) {
    if (!kinds.has(kind) || (!isPlace && OF_PLACES.has(kind)) || (kind !== "email" && !mayNumber)) continue;
    for (const stretch of finders[kind]().sort(longestFirst)) {
      if (taken.some(({ from, to }) => stretch.from < to && from < stretch.to)) continue;
      taken.push({ ...stretch, kind });
      found.push(kind);
    }
  }
  const written = taken.map(({ kind, from, to }) => ({ kind, from: places[from]!, to: places[to]! }));
  return { text: without(text, written), found };
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

function emailsIn(text: string): Passage[] {
  return stretches(
    text.matchAll(/[^\s@/?#&=;,:<>()[\]"']+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.[\p{L}]{2,}/gu),
  );
}

/** Numbers of fewer digits in a row are names of things: 87654321. */
function phonesIn(text: string, region: string): Passage[] {
  return findPhoneNumbersInText(text, region as CountryCode)
    .map(({ startsAt: from, endsAt: to }) => ({ from, to }))
    .filter(({ from, to }) => /^[(\s]*[+0]/.test(text.slice(from, to)));
}

const longDigitsIn = (text: string) => stretches(text.matchAll(/\d{9,}/g));

function stretches(matches: Iterable<RegExpExecArray>): Passage[] {
  return [...matches].map(({ 0: found, index }) => ({ from: index, to: index + found.length }));
}
