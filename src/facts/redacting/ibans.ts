import type { Passage } from "./numbers-in.ts";

/** How many characters the account numbers of each country have (SWIFT's IBAN registry). */
const LENGTHS = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 " +
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 " +
    "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 " +
    "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Whose account numbers have no letters, so that letters between digits are words. */
const OF_DIGITS = new Set(
  "AE AT BA BE CR CZ DE DK DO EE EG ES FI FO GL HR HU IL IS IQ LT LY ME MN MR NO PL PT RS SD SE SI SK SO ST TL TN UA VA XK".split(
    " ",
  ),
);

interface Token extends Passage {
  characters: string;
}

/** A gap that is wider stands between two things. */
const WIDEST_GAP = 6;
/** Words that somebody says between two groups. */
const MOST_WORDS = 3;
/** The country and the check digits. */
const CHECKED = 4;
/** Tries for one number: whoever writes letters that could be words or not, one by one, is not understood. */
const MOST_TRIES = 200;

/** Where a text in ASCII digits has an international account number, in groups or not, with words between them or not. */
export function ibansIn(text: string): Passage[] {
  const tokens = tokensIn(text);
  return tokens.flatMap(({ characters, from, to }, at) => {
    const country = characters.slice(0, 2);
    const length = LENGTHS.get(country);
    if (length === undefined || !/^[A-Z]{2}(?:\d{2}|$)/.test(characters)) return [];
    const sought = { tokens, length, mayHaveLetters: !OF_DIGITS.has(country), tries: 0 };
    const end = endOf(sought, { next: at + 1, read: characters, to, words: 0 });
    return end === null ? [] : [{ from, to: end }];
  });
}

function tokensIn(text: string): Token[] {
  return [...text.toUpperCase().matchAll(/[\dA-Z]+/g)].map(({ 0: characters, index: from }) => {
    return { characters, from, to: from + characters.length };
  });
}

interface Sought {
  tokens: readonly Token[];
  length: number;
  mayHaveLetters: boolean;
  tries: number;
}

interface ReadSoFar {
  next: number;
  read: string;
  to: number;
  words: number;
}

/** Where the number ends that begins so; null where none does. Letters alone are the bank's code, or words between two groups. */
function endOf(sought: Sought, { next, read, to, words }: ReadSoFar): number | null {
  if (read.length === sought.length) return isGenuine(read) ? to : null;
  const token = sought.tokens[next];
  sought.tries += 1;
  if (!token || read.length > sought.length || token.from - to > WIDEST_GAP || sought.tries > MOST_TRIES) return null;
  const { characters } = token;
  const after = { next: next + 1, to: token.to };
  const isWord = /^[A-Z]{1,12}$/.test(characters);
  const isCode = sought.mayHaveLetters && read.length === CHECKED;
  const skipped =
    isWord && words < MOST_WORDS && read.length >= CHECKED ? endOf(sought, { ...after, read, words: words + 1 }) : null;
  const taken = !isWord || isCode ? endOf(sought, { ...after, read: read + characters, words: 0 }) : null;
  return skipped === null || taken === null ? (skipped ?? taken) : Math.max(skipped, taken);
}

/** The check digits hold: moved to the end, with letters as numbers from 10, it leaves 1 when divided by 97. */
function isGenuine(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}/.test(iban)) return false;
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
