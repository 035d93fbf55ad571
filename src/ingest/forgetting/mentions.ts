/** What an identity is known by. */
interface Named {
  namespace: string;
  value: string;
  /** The readable form where the value is a digest. */
  display: string | null;
}

/** Whether something that a sender wrote names one of these identities, however it spells them. */
export type Mentions = (written: unknown) => boolean;

/** A value of fewer characters is any number: it names somebody only where an id is expected. */
const LEAST_CHARACTERS = 5;
/** The digits of a telephone number that its spellings at home and abroad have in common. */
const LOCAL_DIGITS = 8;

/**
 * Finds identities in texts and documents. It would rather find too much: what it finds is taken away from what nobody reads
 * but for a replay.
 */
export function mentionsOf(identities: readonly Named[]): Mentions {
  const words = new Set<string>();
  const numbers = new Set<string>();
  const short = new Set<string>();
  for (const { namespace, value, display } of identities) {
    if (namespace === "phone") numbers.add(value.replaceAll(/\D/g, "").slice(-LOCAL_DIGITS));
    for (const word of [value, display]) {
      if (word) (word.length < LEAST_CHARACTERS ? short : words).add(word.toLowerCase());
    }
  }
  const names = (text: string) => {
    const lower = text.toLowerCase();
    for (const word of words) if (standsIn(lower, word)) return true;
    return numbers.size > 0 && digitsIn(text).some((run) => numbers.has(run.slice(-LOCAL_DIGITS)));
  };
  return (written) =>
    leavesOf(written).some(({ key, text }) => {
      const plain = decoded(text);
      return names(text) || (plain !== text && names(plain)) || (isIdKey(key) && short.has(text.trim().toLowerCase()));
    });
}

/** Whether a text has a word of one of these names, or one of these ids as a word, however short. */
export function saysName(text: string, { names, ids }: { names: readonly string[]; ids: readonly string[] }): boolean {
  const said = new Set(wordsOf(text));
  const parts = names.flatMap(wordsOf).filter((part) => part.length > 1);
  return [...parts, ...ids.map((id) => id.toLowerCase())].some((word) => said.has(word));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Whether the word stands in the text, and not within a longer one. */
function standsIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true;
  }
  return false;
}

const isPart = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Runs of digits, in which people put spaces, dashes, dots and brackets. */
const digitsIn = (text: string): string[] =>
  (text.match(/\d(?:[\s().\-/]{0,3}\d)+/g) ?? []).map((run) => run.replaceAll(/\D/g, ""));

/** As in addresses of pages. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const isIdKey = (key: string) => /^value$|id$|key$|number$|phone$|login$/i.test(key);

interface Leaf {
  key: string;
  text: string;
}

/** Every text and number of a document, and every key, each with the key that it stands under. */
function leavesOf(written: unknown, key = "value"): Leaf[] {
  if (typeof written === "string") return [{ key, text: written }];
  if (typeof written === "number" || typeof written === "bigint") return [{ key, text: String(written) }];
  if (Array.isArray(written)) return written.flatMap((item) => leavesOf(item, key));
  if (typeof written !== "object" || written === null) return [];
  return Object.entries(written).flatMap(([name, value]) => [{ key: "", text: name }, ...leavesOf(value, name)]);
}
