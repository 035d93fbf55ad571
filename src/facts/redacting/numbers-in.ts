/** A stretch of a text that is to be taken out: offsets in UTF-16 units. */
export interface Passage {
  from: number;
  to: number;
}

/** Digits that stand together. */
interface Run extends Passage {
  digits: string;
}

/** A number as somebody may have meant it: one run, or several with something in between. */
export interface Spelled extends Passage {
  digits: string;
  /** How many digits each of its runs has. */
  groups: readonly number[];
  /** Words, or different signs, stand between the runs: it is one number only where it is grouped as such numbers are printed. */
  isMixed: boolean;
  /** Nothing but the same sign, and then more digits, stands on either side. */
  isPart: boolean;
}

/** What people put between the digits of one number. */
const SIGNS = /^[\s\p{Pd}\p{Pc}.·•∙/|\\+*−]{0,3}$/u;
/** As many words as somebody says between two groups. */
const WORDS = /^[^\p{L}\p{N}]*(?:[^\p{L}\p{N}](?:\p{L}{1,12}[^\p{L}\p{N}]+){0,3})$/u;
const WIDEST_GAP = 40;

/** Every number of so many digits that a text in ASCII digits may spell, each run of it being the first of some. */
export function* numbersIn(text: string, [leastDigits, mostDigits]: readonly [number, number]): Generator<Spelled> {
  const runs = runsIn(text);
  const gaps = [null, ...runs.slice(1).map(({ from }, before) => gapOf(text.slice(runs[before]!.to, from))), null];
  for (let start = 0; start < runs.length; start += 1)
    yield* numbersFrom({ runs, gaps, leastDigits, mostDigits }, start);
}

interface Line {
  runs: readonly Run[];
  /** What stands before each of them, and after the last. */
  gaps: readonly (string | null)[];
  leastDigits: number;
  mostDigits: number;
}

function* numbersFrom({ runs, gaps, leastDigits, mostDigits }: Line, start: number): Generator<Spelled> {
  let digits = "";
  let sign: string | null = null;
  let isMixed = false;
  const groups: number[] = [];
  for (let end = start; end < runs.length; end += 1) {
    const { digits: more, to } = runs[end]!;
    digits += more;
    if (digits.length > mostDigits) return;
    groups.push(more.length);
    if (end > start) {
      const gap = gaps[end]!;
      isMixed ||= gap === MIXED || (sign !== null && gap !== sign);
      sign = gap;
    }
    const isPart = groups.length > 1 && (gaps[start] === sign || gaps[end + 1] === sign);
    if (digits.length >= leastDigits)
      yield { from: runs[start]!.from, to, digits, groups: [...groups], isMixed, isPart };
    if (gaps[end + 1] === null) return;
  }
}

function runsIn(text: string): Run[] {
  return [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, from: index, to: index + digits.length }));
}

const MIXED = "words";

/** What stands between two runs: a sign, words, or too much (null). */
function gapOf(between: string): string | null {
  if (between.length > WIDEST_GAP) return null;
  if (SIGNS.test(between)) return between;
  return WORDS.test(between) ? MIXED : null;
}
