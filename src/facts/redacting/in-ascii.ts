import { remember } from "../../kit/remember.ts";

/** A text as finders read it: without what nobody sees, and with ASCII's digits and letters for those of every script. */
export interface PlainText {
  text: string;
  /** Where each of its UTF-16 units stands in the text that was written, and where that ends; null where it is the same. */
  places: readonly number[] | null;
}

/** How many characters are remembered: the digits and wide letters of all scripts are fewer. */
const REMEMBERED = 2_000;
const PLAIN = /^[^%\u0080-\uffff]*$/;
/** What stands for other characters in an address, however often it was encoded. */
const ENCODED = /(?:%(?:25)*[\da-f]{2})+/iy;

/** An address is read as it is meant: "%20" is a blank. */
export function inAscii(written: string): PlainText {
  if (PLAIN.test(written)) return { text: written, places: null };
  let text = "";
  const places: number[] = [];
  const put = (plain: string, at: number) => {
    text += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
  };
  for (let at = 0; at < written.length; ) {
    const encoded = written[at] === "%" ? encodedAt(written, at) : null;
    if (encoded) {
      for (const { character, from } of encoded.characters) put(asciiOf(character), from);
      at = encoded.to;
      continue;
    }
    const character = String.fromCodePoint(written.codePointAt(at)!);
    put(character < "\x80" ? character : asciiOf(character), at);
    at += character.length;
  }
  return { text, places: [...places, written.length] };
}

interface Encoded {
  characters: { character: string; from: number }[];
  to: number;
}

/** What a row of encoded bytes means, character by character; null where they mean none. */
function encodedAt(written: string, at: number): Encoded | null {
  ENCODED.lastIndex = at;
  const row = ENCODED.exec(written)?.[0];
  if (!row) return null;
  const bytes = [...row.matchAll(/%(?:25)*([\da-f]{2})/gi)];
  const characters = [];
  for (let first = 0; first < bytes.length; ) {
    const length = lengthOf(Number.parseInt(bytes[first]![1]!, 16));
    const character = decoded(bytes.slice(first, first + length).map((byte) => `%${byte[1]}`));
    characters.push({ character, from: at + bytes[first]!.index });
    first += length;
  }
  return { characters, to: at + row.length };
}

/** How many bytes the character has that begins with this one (UTF-8). */
function lengthOf(byte: number): number {
  return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

const UNKNOWN = "\ufffd";

function decoded(bytes: readonly string[]): string {
  try {
    return decodeURIComponent(bytes.join(""));
  } catch {
    return UNKNOWN;
  }
}

const DIGIT = /^\p{Nd}$/u;
/** Hyphens that are not shown, joiners, and what makes a digit a key. */
const INVISIBLE = /^(?:[\u00ad\u200b-\u200f\u2060\ufeff]|\ufe0e|\ufe0f|\u20e3)$/;
/** Digits in black and in other circles, which Unicode gives no plain form: each row begins with 1. */
const CIRCLED = [0x2776, 0x2780, 0x278a] as const;

const asciiOf = remember(REMEMBERED, (character) => {
  if (INVISIBLE.test(character)) return "";
  const own = character.codePointAt(0)!;
  const first = CIRCLED.find((one) => own >= one && own < one + 9);
  if (first !== undefined) return String(own - first + 1);
  if (own === 0x24ff) return "0";
  const plain = DIGIT.test(character) ? String(digitOf(own)) : character.normalize("NFKC");
  return /^\(?([\dA-Za-z])[).,]?$/.exec(plain)?.[1] ?? character;
});

/** Unicode has the digits of a script in a row, from 0. */
function digitOf(own: number): number {
  let first = own;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (own - first) % 10;
}
