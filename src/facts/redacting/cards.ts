import { type Digits, digitsIn, MIXED, type Passage } from "./digits-in.ts";

interface Scheme {
  /** What its numbers begin with: first and last prefix of each range. */
  begins: readonly (readonly [from: string, to: string])[];
  lengths: readonly number[];
}

const UP_TO_19 = [16, 17, 18, 19];

/** Who issues which numbers (ISO/IEC 7812). Visa's 13 digits are no longer issued, and EAN codes look like them. */
const SCHEMES: readonly Scheme[] = [
  { begins: [["4", "4"]], lengths: [16, 19] },
  // Mastercard
  {
    begins: [
      ["51", "55"],
      ["2221", "2720"],
    ],
    lengths: [16],
  },
  // American Express
  {
    begins: [
      ["34", "34"],
      ["37", "37"],
    ],
    lengths: [15],
  },
  // Diners Club
  {
    begins: [
      ["300", "305"],
      ["3095", "3095"],
      ["36", "36"],
      ["38", "39"],
    ],
    lengths: [14, 16],
  },
  // Discover, RuPay
  {
    begins: [
      ["6011", "6011"],
      ["644", "649"],
      ["65", "65"],
    ],
    lengths: UP_TO_19,
  },
  // JCB
  { begins: [["3528", "3589"]], lengths: UP_TO_19 },
  // UnionPay
  {
    begins: [
      ["62", "62"],
      ["81", "81"],
    ],
    lengths: UP_TO_19,
  },
  // Mir
  { begins: [["2200", "2204"]], lengths: UP_TO_19 },
  // Maestro, Dankort
  {
    begins: [
      ["5018", "5020"],
      ["5038", "5038"],
      ["5893", "5893"],
      ["6304", "6304"],
      ["6759", "6763"],
    ],
    lengths: [14, 15, ...UP_TO_19],
  },
  // Troy
  { begins: [["9792", "9792"]], lengths: [16] },
];

const [FEWEST_DIGITS, MOST_DIGITS] = [14, 19];
/** So many digits say who issued a number. */
const PREFIX = 4;

/** By the first four digits: the lengths of the numbers that begin so, a bit each. */
const ISSUED = Uint32Array.from({ length: 10 ** PREFIX }, (_, prefix) => {
  const begins = String(prefix).padStart(PREFIX, "0");
  const issued = SCHEMES.filter((scheme) =>
    scheme.begins.some(([from, to]) => begins.slice(0, from.length) >= from && begins.slice(0, to.length) <= to),
  );
  return issued.flatMap(({ lengths }) => lengths).reduce((bits, length) => bits | (1 << length), 0);
});

/** As numbers are printed on cards, or said in halves. */
const PRINTED = new Set([
  "4,4,4,4",
  "4,6,5",
  "4,6,4",
  "4,4,4,4,3",
  "4,4,4,3",
  "8,8",
  "6,13",
  "4,12",
  "12,4",
  "4,4,8",
  "8,4,4",
]);

/** Where a text in ASCII digits has the number of a payment card, however its digits are grouped. */
export function cardsIn(text: string): Passage[] {
  const line = { ...digitsIn(text), sums: [] as readonly Uint32Array[] };
  line.sums = [0, 1].map((parity) => sumsOf(line.digits, parity));
  const found: Passage[] = [];
  for (let first = 0; first + FEWEST_DIGITS <= line.digits.length; first += 1) {
    const end = mayBegin(line, first) ? endOf(line, first) : null;
    if (end !== null) found.push({ from: line.places[first]!, to: line.places[end - 1]! + 1 });
  }
  return found;
}

interface Line extends Digits {
  /** The sums of all digits up to each, of which those at even, or at odd, places count twice. */
  sums: readonly Uint32Array[];
}

function sumsOf(digits: Uint8Array, parity: number): Uint32Array {
  const sums = new Uint32Array(digits.length + 1);
  for (let at = 0; at < digits.length; at += 1) {
    const counted = at % 2 === parity ? digits[at]! * 2 : digits[at]!;
    sums[at + 1] = sums[at]! + (counted > 9 ? counted - 9 : counted);
  }
  return sums;
}

/** Where the longest number ends that begins with this digit. */
function endOf(line: Line, first: number): number | null {
  const lengths = lengthsAt(line, first);
  for (let length = MOST_DIGITS; lengths !== 0 && length >= FEWEST_DIGITS; length -= 1) {
    const end = first + length;
    if ((lengths & (1 << length)) === 0 || !isGenuine(line, first, end)) continue;
    if (mayEnd(line, end) && isOneNumber(line, first, end)) return end;
  }
  return null;
}

function lengthsAt({ digits }: Line, first: number): number {
  if (first + FEWEST_DIGITS > digits.length) return 0;
  return ISSUED[digits[first]! * 1_000 + digits[first + 1]! * 100 + digits[first + 2]! * 10 + digits[first + 3]!]!;
}

/** The digits are all there, nothing but gaps of numbers lies between them, and they pass Luhn. */
function isGenuine({ digits, sums, runOf, breaks }: Line, first: number, end: number): boolean {
  if (end > digits.length || breaks[runOf[end - 1]!] !== breaks[runOf[first]!]) return false;
  const twice = sums[end % 2]!;
  return (twice[end]! - twice[first]!) % 10 === 0;
}

/** A number begins where digits do, behind one zero, or behind another card's. */
function mayBegin(line: Line, first: number): boolean {
  const { digits, runs, runOf } = line;
  const run = runs[runOf[first]!]!;
  const before = first - run.first;
  if (before === 0 || (before === 1 && digits[run.first] === 0)) return true;
  return isWhole(line, run.first, first);
}

/** A number ends where digits do, before its month and year with or without the code of its back, or before another card's. */
function mayEnd(line: Line, end: number): boolean {
  const run = line.runs[line.runOf[end - 1]!]!;
  const after = run.end - end;
  if (after === 0) return true;
  if (after === 4 || after === 7 || after === 8) return isExpiry(line.digits, end);
  return isWhole(line, end, run.end);
}

/** These digits alone are the number of a card. */
function isWhole(line: Line, first: number, end: number): boolean {
  const length = end - first;
  if (length < FEWEST_DIGITS || length > MOST_DIGITS) return false;
  return (lengthsAt(line, first) & (1 << length)) !== 0 && isGenuine(line, first, end);
}

/** No card is good for longer. */
const [OLDEST_YEAR, NEWEST_YEAR] = [20, 45];

function isExpiry(digits: Uint8Array, at: number): boolean {
  const month = digits[at]! * 10 + digits[at + 1]!;
  const year = digits[at + 2]! * 10 + digits[at + 3]!;
  return month >= 1 && month <= 12 && year >= OLDEST_YEAR && year <= NEWEST_YEAR;
}

/** What people count up with: numbers of a list, unless each has one digit. */
const OF_LISTS = /[,;]/;

/** Runs with something in between are one number if they are grouped as cards are, or alike, with the same sign between all. */
function isOneNumber({ runs, runOf, gaps }: Line, first: number, end: number): boolean {
  const [from, to] = [runOf[first]!, runOf[end - 1]!];
  if (from === to) return true;
  const sizes: number[] = [];
  for (let run = from; run <= to; run += 1) {
    sizes.push(Math.min(runs[run]!.end, end) - Math.max(runs[run]!.first, first));
  }
  if (PRINTED.has(sizes.join(","))) return true;
  const sign = gaps[to]!;
  if (sign === MIXED || gaps.slice(from + 1, to).some((gap) => gap !== sign)) return false;
  const [size, isUniform] = [sizes[0]!, new Set(sizes).size === 1];
  if (OF_LISTS.test(sign) && !(isUniform && size === 1)) return false;
  const isMore = (gap: number, run: number) =>
    gaps[gap] === sign && (!isUniform || runs[run]!.end - runs[run]!.first === size);
  return !isMore(from, from - 1) && !isMore(to + 1, to + 1);
}

/** Every other digit counts twice, from the right; the sum ends in 0. */
export function passesLuhn(digits: string): boolean {
  const sums = sumsOf(Uint8Array.from(digits, Number), digits.length % 2);
  return sums.at(-1)! % 10 === 0;
}
