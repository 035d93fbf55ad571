// One spelling of what identifies somebody, whatever software wrote it down: what looks alike is alike.

/** What most systems send, and no rule below would change. */
const ORDINARY = /^[\w@.+-]+$/;
/** Characters that nobody sees: soft hyphens, marks of direction, zero-width spaces, byte-order marks, fillers. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\uFFFC]/gu;
/** Spaces of every width, control characters and the blank of Braille. */
const BLANK = /[\s\p{Cc}\u2800]+/gu;
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;

/** The text as one would type it: compatible characters, plain digits and spaces, and nothing that cannot be seen. */
export function plainText(value: string): string {
  if (ORDINARY.test(value)) return value;
  const seen = value.normalize("NFKC").replace(INVISIBLE, "").replace(BLANK, " ").trim();
  return withoutQuotes(seen.replace(FOREIGN_DIGIT, asciiDigit));
}

/** Unicode keeps the ten digits of a script together and in order, and no two scripts side by side by other than tens. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0)!;
  let zero = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((point - zero) % 10);
}

const QUOTED = /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|[“”„«]([^“”„«»]*)[“”»]|[‘’‚]([^‘’‚]*)[‘’])$/u;
/** How a spreadsheet marks a number that is a text. */
const MARKED = /^'(?=[\d+])/;

function withoutQuotes(text: string): string {
  const inside = QUOTED.exec(text)
    ?.slice(1)
    .find((part) => part !== undefined);
  return inside === undefined ? text.replace(MARKED, "") : withoutQuotes(inside.trim());
}

/** Lower-case words without accents, to compare what people of many languages write. */
export function wordsIn(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** A UUID with or without dashes, braces or `urn:uuid:`, in capitals or not. */
const UUID = /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
/** A whole number that passed through a float: 4587.0, in many languages 4587,0. */
const FLOATED = /^(\d+)[.,]0+$/;
/**
 * A whole number in groups of thousands, as spreadsheets show it, with the decimals of a float or without. A point may as
 * well part an id from a part of it.
 */
const GROUPED = /^(\d{1,3}(?:([,'’٬ ])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,]0+)?$/;

/** One spelling of an id: UUIDs in their usual form, whole numbers without the decimals that a float gave them. */
export function plainId(value: string): string {
  const whole = FLOATED.exec(value);
  if (whole) return whole[1]!;
  const [, ...parts] = UUID.exec(value) ?? [];
  // Digits alone are a number of 32 digits.
  return parts.length > 0 && /[a-f-]/i.test(value) ? parts.join("-").toLowerCase() : value;
}

/** A customer's number as its issuer writes it: without thousands, and with the zeros in front that a spreadsheet took. */
export function plainNumber(value: string, digits: number | null): string {
  const [, grouped] = GROUPED.exec(value) ?? [];
  const number = grouped?.replace(/\D/g, "") ?? value;
  if (digits === null || !/^\d+$/.test(number)) return number;
  return number.replace(/^0+/, "").padStart(digits, "0");
}

/** A number as a spreadsheet shows it once it has dropped digits: 4.58702E+11, in steps of a thousand 458.702E+9. */
const SHORTENED = /^[+-]?\d{1,3}(?:[.,]\d+e\+?|e\+)\d{1,3}$/i;

/** Whether digits of the value were lost on its way, so that it may be anybody's. */
export function hasLostDigits(value: string): boolean {
  return SHORTENED.test(value);
}

/** Twelve, or twelve thousand: 12.000. */
const TWOFOLD = /^[1-9]\d{0,2}[.,]000$/;

/** Whether the value is a number that is read in two ways. */
export function isAmbiguous(value: string): boolean {
  return TWOFOLD.test(value);
}

/** What stands where a decoder could not read a character. */
export function hasLostCharacters(value: string): boolean {
  return value.includes("\uFFFD");
}
