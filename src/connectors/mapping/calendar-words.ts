import { Info } from "luxon";

/** Numbers of months (1 to 12), of weekdays (Monday is 1) and of halves of the day (1 is the morning), by their words. */
export interface CalendarWords {
  month(word: string): number | null;
  weekday(word: string): number | null;
  half(word: string): number | null;
}

/**
 * The words of English and of one more language: in full, as it shortens them, and their first three and four letters.
 * A word that could be two months is none: "jui" of juin and juillet.
 */
export function calendarWordsOf(locale: string | null): CalendarWords {
  const locales = locale === null ? ["en-GB", "en-US"] : [locale, "en-GB", "en-US"];
  const forms = (names: (locale: string, length: "long" | "short") => string[]) =>
    locales.map((language) => ({ full: names(language, "long"), short: names(language, "short") }));
  const months = numbered([
    ...forms((language, length) => Info.monthsFormat(length, { locale: language, numberingSystem: "latn" })),
    ...forms((language, length) => Info.months(length, { locale: language, numberingSystem: "latn" })),
  ]);
  const weekdays = numbered(forms((language, length) => Info.weekdays(length, { locale: language })));
  const halves = numbered(locales.map((language) => ({ full: Info.meridiems({ locale: language }), short: [] })));
  const look = (numbers: ReadonlyMap<string, number>) => (word: string) => numbers.get(bare(word)) ?? null;
  return { month: look(months), weekday: look(weekdays), half: look(halves) };
}

interface Forms {
  full: readonly string[];
  short: readonly string[];
}

/** The number of each word that can be only one. Whole words count before those that are cut. */
function numbered(languages: readonly Forms[]): ReadonlyMap<string, number> {
  const whole = collect(languages.flatMap(({ full, short }) => [full, short]));
  const cut = collect(languages.flatMap(({ full }) => [3, 4].map((length) => full.map((word) => first(word, length)))));
  for (const [word, numbers] of whole) cut.set(word, numbers);
  const single = [...cut].filter(([word, numbers]) => numbers.size === 1 && /\p{L}/u.test(word));
  return new Map(single.map(([word, numbers]) => [word, [...numbers][0]!]));
}

function collect(lists: readonly (readonly string[])[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  for (const words of lists) {
    for (const [position, word] of words.entries()) {
      const numbers = found.get(bare(word)) ?? new Set();
      found.set(bare(word), numbers.add(position + 1));
    }
  }
  return found;
}

function first(word: string, letters: number): string {
  return [...word.normalize("NFC")].slice(0, letters).join("");
}

/** Without capitals, accents, dots and spaces: people leave them out. */
function bare(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[\p{M}\s.]/gu, "")
    .toLowerCase();
}
