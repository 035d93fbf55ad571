/** A stretch of a text that is to be taken out: offsets in UTF-16 units. */
export interface Passage {
  from: number;
  to: number;
}

/** Digits that stand together: which of all the digits of the text they are. */
interface Run {
  first: number;
  end: number;
}

/** The digits of a text in ASCII digits, one after the other, and what stands between them. */
export interface Digits {
  digits: Uint8Array;
  /** Where each of them stands in the text. */
  places: Uint32Array;
  /** Which run each of them is of. */
  runOf: Uint32Array;
  runs: readonly Run[];
  /** What stands before each run, and after the last. */
  gaps: readonly (string | null)[];
  /** How many of the gaps up to each run are too much, itself included. */
  breaks: Uint32Array;
}

const [ZERO, NINE] = [48, 57];

/** One pass over the text: each later question about a stretch of digits is answered from it. */
export function digitsIn(text: string): Digits {
  const digits = new Uint8Array(text.length);
  const places = new Uint32Array(text.length);
  const runOf = new Uint32Array(text.length);
  const runs: Run[] = [];
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) continue;
    if (count === 0 || places[count - 1] !== at - 1) runs.push({ first: count, end: count });
    runs.at(-1)!.end = count + 1;
    digits[count] = code - ZERO;
    places[count] = at;
    runOf[count] = runs.length - 1;
    count += 1;
  }
  const gaps = gapsOf(text, runs, places);
  const breaks = new Uint32Array(runs.length);
  for (let run = 1; run < runs.length; run += 1) breaks[run] = breaks[run - 1]! + (gaps[run] === null ? 1 : 0);
  return { digits: digits.subarray(0, count), places, runOf, runs, gaps, breaks };
}

function gapsOf(text: string, runs: readonly Run[], places: Uint32Array): (string | null)[] {
  const gaps: (string | null)[] = [null];
  for (let run = 1; run < runs.length; run += 1) {
    gaps.push(gapOf(text, places[runs[run - 1]!.end - 1]! + 1, places[runs[run]!.first]!));
  }
  return [...gaps, null];
}

/** Of a gap: words, or different signs, stand there. */
export const MIXED = "words";

const WIDEST_GAP = 40;
/** What people put between the digits of one number: signs, or a cross. */
const SIGNS = /^(?:[^\p{L}\p{N}]{1,3}|\s?[x×]\s?)$/iu;
/** As many words as somebody says between two groups. */
const WORDS = /^[^\p{L}\p{N}]*(?:[^\p{L}\p{N}](?:\p{L}{1,12}[^\p{L}\p{N}]+){0,3})$/u;

/** What stands between two runs: a sign, words, or too much (null). */
function gapOf(text: string, from: number, to: number): string | null {
  if (to - from > WIDEST_GAP) return null;
  const between = text.slice(from, to);
  if (SIGNS.test(between)) return between;
  return WORDS.test(between) ? MIXED : null;
}
