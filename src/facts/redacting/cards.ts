import { numbersIn, type Passage, type Spelled } from "./numbers-in.ts";

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

const DIGITS = [14, 19] as const;
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
  return [...numbersIn(text, DIGITS)].filter(isCard);
}

function isCard({ digits, groups, isMixed, isPart }: Spelled): boolean {
  if (!isIssued(digits) || !passesLuhn(digits)) return false;
  return groups.length === 1 || !(isMixed || isPart) || PRINTED.has(groups.join(","));
}

function isIssued(digits: string): boolean {
  return SCHEMES.some(
    ({ begins, lengths }) =>
      lengths.includes(digits.length) &&
      begins.some(([from, to]) => digits.slice(0, from.length) >= from && digits.slice(0, to.length) <= to),
  );
}

/** Every other digit counts twice, from the right; the sum ends in 0. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
