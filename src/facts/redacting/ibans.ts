import type { Passage } from "./digits-in.ts";

/** What the account number of each country is made of, behind its check digits: digits (n), letters (a), either (c). From SWIFT's registry. */
const ACCOUNTS =
  "AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c CH5n12c CR18n CY8n16c CZ20n DE18n " +
  "DJ23n DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n GR7n16c GT24c HN4a20n HR17n " +
  "HU24n IE4a14n IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n " +
  "MC10n11c2n MD20c ME18n MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n " +
  "QA4a21c RO4a16c RS18n RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR6n16c " +
  "UA6n19c VA18n VG4a16n XK16n YE4a4n18c";

/** By country: what each place of the whole number holds. */
const STRUCTURES = new Map(
  ACCOUNTS.split(" ").map((line) => {
    const parts = [...line.slice(2).matchAll(/(\d+)([nac])/g)];
    return [line.slice(0, 2), `aann${parts.map(([, times, what]) => what!.repeat(Number(times))).join("")}`];
  }),
);
const HOLDS: Readonly<Record<string, RegExp>> = { n: /\d/, a: /[A-Z]/i, c: /[\dA-Z]/i };

/** The country and its check digits, behind whatever word, in one or with signs between them. */
const BEGINS = /(?=([A-Z]{2})([^\p{L}\p{N}]{0,6})\d[^\p{L}\p{N}]{0,6}\d)/giu;
/** The country and the check digits. */
const CHECKED = 4;
const GROUP = 4;
/** A gap that is wider stands between two things. */
const GAP = /[^\p{L}\p{N}]{0,6}(?=[\p{L}\p{N}])/uy;
const WORD = /\p{L}{1,12}(?![\p{L}\p{N}])/uy;
/** Words that somebody says between two groups. */
const MOST_WORDS = 3;
/** Words that are tried as a part of one number: whoever writes more that could be either is not understood. */
const MOST_TRIES = 100;

/**
 * Where a text in ASCII digits has an international account number, in groups or not, with words between them or not. What
 * may be one is one by its country's structure and its check digits, whatever letters it is glued to.
 */
export function ibansIn(text: string): Passage[] {
  return [...text.matchAll(BEGINS)].flatMap(({ 1: country, 2: gap, index: from }) => {
    const structure = STRUCTURES.get(country!.toUpperCase());
    if (!structure) return [];
    const walk = { text, structure, mayHaveWords: gap === "", tries: 0 };
    const to = endOf(walk, { at: from + 2, read: country!, words: 0 });
    return to === null ? [] : [{ from, to }];
  });
}

interface Walk {
  text: string;
  structure: string;
  mayHaveWords: boolean;
  tries: number;
}

interface ReadSoFar {
  at: number;
  read: string;
  /** Words since the last group. */
  words: number;
}

/** Where the number ends that begins so; null where none does. Letters alone are part of it, or words between two groups. */
function endOf(walk: Walk, { at, read, words }: ReadSoFar): number | null {
  const { text, structure } = walk;
  if (read.length === structure.length) return !/\d/.test(text[at] ?? "") && isGenuine(read) ? at : null;
  const gap = matchAt(GAP, text, at);
  if (gap === null) return null;
  const next = at + gap.length;
  const taken = HOLDS[structure[read.length]!]!.test(text[next]!);
  const goesOn = { at: next + 1, read: read + text[next], words: 0 };
  const word = walk.mayHaveWords && gap !== "" && read.length >= CHECKED ? matchAt(WORD, text, next) : null;
  if (word === null) return taken ? endOf(walk, goesOn) : null;
  const skipped = words < MOST_WORDS ? endOf(walk, { at: next + word.length, read, words: words + 1 }) : null;
  if (skipped !== null || !taken || !isGroup(walk, read, word)) return skipped;
  walk.tries += 1;
  return walk.tries <= MOST_TRIES ? endOf(walk, goesOn) : null;
}

/** Account numbers are printed in fours, and what is left. */
function isGroup({ structure }: Walk, read: string, word: string): boolean {
  return read.length % GROUP === 0 && (word.length === GROUP || read.length + word.length === structure.length);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The check digits hold: moved to the end, with letters as numbers from 10, it leaves 1 when divided by 97. */
function isGenuine(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(CHECKED) + iban.slice(0, CHECKED)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
