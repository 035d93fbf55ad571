import { randomUUID } from "node:crypto";
import { MAX_LEVELS } from "./text.ts";

/**
 * A number of a JSON text that JavaScript's numbers do not hold, as it was sent: by the time that it is a number, its last
 * digits are gone.
 */
export class LongNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toString(): string {
    return this.digits;
  }

  /** As JSON has it, digits lost; `writeJson` keeps them. */
  toJSON(): number {
    return Number(this.digits);
  }
}

export const LONG_NUMBER_REMEDY =
  "Send it as text, in quotes: a JSON number of so many digits arrives with its last digits lost.";

/** Whether a JSON value is a number whose digits cannot be relied on. */
export function isLongNumber(value: unknown): boolean {
  return value instanceof LongNumber || (typeof value === "number" && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER));
}

/** Whether a JSON value holds such a number anywhere. */
export function holdsLongNumber(value: unknown): boolean {
  if (isLongNumber(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsLongNumber);
}

/** Of two values under one name the first would be lost without a word. */
export class RepeatedName extends SyntaxError {
  constructor(name: string) {
    super(`An object has two values under the name ${JSON.stringify(name.slice(0, 64))}: send each name once.`);
  }
}

/** The value of a JSON text, with a LongNumber wherever a number would lose digits. */
export function readJson(text: string): unknown {
  return withLongNumbers(text, JSON.parse);
}

/** Reads a JSON text by any parser, with a LongNumber wherever a number would lose digits; refuses a repeated name. */
export function withLongNumbers(text: string, parse: (text: string) => unknown): unknown {
  const marked = SUSPECT.test(text) ? mark(text) : text;
  const value = parse(marked);
  if (namesIn(text) > namesOf(value, MAX_LEVELS)) refuseRepeatedName(text);
  return marked === text ? value : unmark(value, MAX_LEVELS);
}

/** The JSON text of a value, its long numbers to the last digit: `readJson` reads the same value out of it. */
export function writeJson(value: unknown): string {
  const mark = randomUUID();
  let isMarked = false;
  const text = JSON.stringify(value ?? null, function (this: Record<string, unknown>, key, member) {
    const own = this[key];
    if (!(own instanceof LongNumber)) return member;
    isMarked = true;
    return `${mark}${own.digits}`;
  });
  return isMarked ? text.replaceAll(new RegExp(`"${mark}([^"]*)"`, "g"), "$1") : text;
}

/** Sixteen digits or an exponent, where a number may stand. Most bodies have none, and cost no more than this. */
const SUSPECT = /(?:^|[:,[\s])-?\d(?:[\d.]{15}|[\d.]*[eE])/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** No text that a record may hold begins like this. */
const MARK = "\u0000long ";
const SPACE = 32;
const QUOTE = 34;
const COLON = 58;
const BRACKET = 91;
const BRACE = 123;
const MINUS = 45;

/** The text with each long number as a marked string. */
function mark(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === MINUS || (code >= 48 && code <= 57)) {
      NUMBER.lastIndex = at;
      const [number = "-"] = NUMBER.exec(text) ?? [];
      if (losesDigits(number)) {
        parts.push(text.slice(copied, at), JSON.stringify(MARK + number));
        copied = at + number.length;
      }
      at += number.length;
    } else at += 1;
  }
  return copied === 0 ? text : parts.join("") + text.slice(copied);
}

/** How many names the objects of a JSON text give, repeated ones included. */
function namesIn(text: string): number {
  let names = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = endOfString(text, at);
    if (isName(text, at)) names += 1;
  }
  return names;
}

/** How many names a value has; of one that is nested too deep, which is refused anyway, it is not known. */
function namesOf(value: unknown, levels: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (levels < 0) return Number.NaN;
  const members = Object.values(value);
  const own = Array.isArray(value) ? 0 : members.length;
  return members.reduce<number>((names, member) => names + namesOf(member, levels - 1), own);
}

/** Names the name. The two counts above cost a fifth of this, and differ for few texts. */
function refuseRepeatedName(text: string): void {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        const names = open[open.length - 1];
        if (names && isName(text, end)) addName(names, text.slice(at, end));
        at = end - 1;
        break;
      }
      case BRACE:
        open.push(new Set());
        break;
      case BRACKET:
        open.push(null);
        break;
      case BRACE + 2:
      case BRACKET + 2:
        open.pop();
    }
  }
}

/** Whether the string that ends here is a name: a colon follows. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return text.charCodeAt(at) === COLON;
}

function addName(names: Set<string>, quoted: string): void {
  const name = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (names.has(name)) throw new RepeatedName(name);
  names.add(name);
}

function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** Beyond 2^53 whole numbers are not told apart, and 4587.00000000000000001 becomes 4587. */
function losesDigits(number: string): boolean {
  const value = Number(number);
  return isLongNumber(value) || (Number.isInteger(value) && /^[^eE]*\.\d*[1-9]\d*$/.test(number));
}

/** What lies deeper than a record may is left: it is refused anyway. */
function unmark(value: unknown, levels: number): unknown {
  if (typeof value === "string") return value.startsWith(MARK) ? new LongNumber(value.slice(MARK.length)) : value;
  if (typeof value !== "object" || value === null || levels < 0) return value;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const member = holder[key];
    if (typeof member === "object" || typeof member === "string") holder[key] = unmark(member, levels - 1);
  }
  return holder;
}
