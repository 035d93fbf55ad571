import type { ColumnValues } from "../../fields/derive/columns.ts";
import { byText } from "../../kit/order.ts";

// Who last said what in a customer record: of each name the newest statement counts, of one instant the one with the greater
// hash, so that records in any order come to the same.

/** When something was said, and the first digits of the hash of the body that said it. */
export type Word = readonly [at: string, by: string];

/** The last word on each name. */
export type LastWords = Map<string, Word>;

/** Enough to order bodies of one instant. */
const DIGITS = 8;

export function wordOf({ at, bodyHash }: { at: Date; bodyHash: string }): Word {
  return [at.toISOString(), bodyHash.slice(0, DIGITS)];
}

export function isLater([at, by]: Word, than: Word | undefined): boolean {
  return than === undefined || at > than[0] || (at === than[0] && by > than[1]);
}

/** The names whose last words are the newest, so many of them. */
export function newestOf(words: Iterable<readonly [name: string, word: Word]>, most: number): Set<string> {
  const newestFirst = [...words].sort(([a, x], [b, y]) => {
    if (isLater(x, y)) return -1;
    return isLater(y, x) ? 1 : byText(a, b);
  });
  return new Set(newestFirst.slice(0, most).map(([name]) => name));
}

/** Whether this is the last word on a name; if so it is noted. */
export function hear(words: LastWords, name: string, word: Word): boolean {
  const last = words.get(name);
  if (last !== undefined && isLater(last, word)) return false;
  words.set(name, word);
  return true;
}

/** The words of a stored row: its columns `stated` and `stated_by`. */
export function lastWordsIn(row: ColumnValues | undefined): LastWords {
  const stated = (row?.stated ?? {}) as Record<string, string>;
  const by = (row?.stated_by ?? {}) as Record<string, string>;
  return new Map(Object.entries(stated).map(([name, at]) => [name, [at, by[name] ?? ""]]));
}

export function wordColumns(words: LastWords): ColumnValues {
  const column = (part: 0 | 1) => Object.fromEntries([...words].map(([name, word]) => [name, word[part]]));
  return { stated: column(0), stated_by: column(1) };
}
