import type { CallerAddress } from "./address.ts";
import { wordsIn } from "./spelling.ts";
import { FILLERS, HIDDEN, KEYPAD, UNKNOWN } from "./withheld-words.ts";

const phrasesOf = (words: readonly string[]) => new Set(words.map((word) => wordsIn(word).join(" ")));
const hidden = phrasesOf(HIDDEN);
const unknown = phrasesOf(UNKNOWN);
const fillers = phrasesOf(FILLERS);
const keypad = new Set(KEYPAD);

/** Whether a telephone system says with this address that the caller hid the number, or that it has none to show. */
export function isWithheldAddress({ user, host, display, privacy }: CallerAddress): boolean {
  if (privacy || /(?:^|\.)invalid$/.test(host ?? "")) return true;
  // A name of "Unknown" beside a number says that the name is unknown; "Anonymous" asks for both not to be shown.
  if (display !== null && isSaid(display, hidden)) return true;
  return isSaid(user, hidden) || isSaid(user, unknown) || keypad.has(user.replace(/[^\p{L}\p{N}]/gu, ""));
}

function isSaid(text: string, phrases: ReadonlySet<string>): boolean {
  const words = wordsIn(text);
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  const telling = words.filter((word) => !fillers.has(word));
  return [words, telling].some((said) => phrases.has(said.join(" "))) || isEach(telling, phrases);
}

function isEach(words: readonly string[], phrases: ReadonlySet<string>): boolean {
  return words.length > 0 && words.every((word) => phrases.has(word));
}

const MOST_WORDS = 5;
