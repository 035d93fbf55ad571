import { remember } from "../../kit/remember.ts";

/** A text as finders read it: without what nobody sees, and with ASCII's digits and letters for those of every script. */
export interface PlainText {
  text: string;
  /** Where each of its UTF-16 units stands in the text that was written, and where that ends. */
  places: readonly number[];
}

/** How many characters are remembered: the digits and wide letters of all scripts are fewer. */
const REMEMBERED = 2_000;
const DIGIT = /^\p{Nd}$/u;
const INVISIBLE = /^[\u00ad\u200b-\u200f\u2060\ufeff]$/;

export function inAscii(written: string): PlainText {
  let text = "";
  const places: number[] = [];
  let at = 0;
  for (const character of written) {
    const plain = character < "\x80" ? character : asciiOf(character);
    text += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at + unit);
    at += character.length;
  }
  return { text, places: [...places, at] };
}

const asciiOf = remember(REMEMBERED, (character) => {
  if (INVISIBLE.test(character)) return "";
  const plain = DIGIT.test(character) ? String(digitOf(character)) : character.normalize("NFKC");
  return /^[\dA-Za-z]$/.test(plain) ? plain : character;
});

/** Unicode has the digits of a script in a row, from 0. */
function digitOf(character: string): number {
  const own = character.codePointAt(0)!;
  let first = own;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (own - first) % 10;
}
