import { isTimeZone } from "../../kit/time-zone.ts";
import { type CalendarWords, calendarWordsOf } from "./calendar-words.ts";
import { type Part, type Parts, type ToldTime, timeOf } from "./told-time.ts";

type ReadPart = (text: string, words: CalendarWords) => number | string | null;

const WORD = "\\p{L}[\\p{L}\\p{M}]*\\.?";

/** How each token looks in a cell, which part of a time it is, and how that is read. The names are those of luxon. */
const TOKENS: Readonly<Record<string, readonly [pattern: string, part: Part, read: ReadPart]>> = {
  yyyy: ["\\d{4}", "year", Number],
  yy: ["\\d{2}", "year", (text) => Number(text) + (Number(text) > 60 ? 1900 : 2000)],
  M: ["\\d{1,2}", "month", Number],
  MM: ["\\d{2}", "month", Number],
  MMM: [WORD, "month", (text, { month }) => month(text)],
  d: ["\\d{1,2}", "day", Number],
  dd: ["\\d{2}", "day", Number],
  ooo: ["\\d{3}", "dayOfYear", Number],
  EEE: [WORD, "weekday", (text, { weekday }) => weekday(text)],
  H: ["\\d{1,2}", "hour", Number],
  HH: ["\\d{2}", "hour", Number],
  h: ["\\d{1,2}", "hour12", Number],
  hh: ["\\d{2}", "hour12", Number],
  a: ["\\p{L}+\\.?(?:\\s?\\p{L}+\\.?)?", "half", (text, { half }) => half(text)],
  m: ["\\d{1,2}", "minute", Number],
  mm: ["\\d{2}", "minute", Number],
  s: ["\\d{1,2}", "second", Number],
  ss: ["\\d{2}", "second", Number],
  S: ["\\d{1,9}", "fraction", (text) => Number(`0.${text}`)],
  SSS: ["\\d{3}", "fraction", (text) => Number(`0.${text}`)],
  Z: ["Z|[+-]\\d{1,2}(?::?\\d{2})?", "offset", offsetOf],
  z: ["[A-Za-z][\\w+/-]*", "zone", (text) => (isTimeZone(text) ? text : null)],
  X: ["\\d+(?:\\.\\d+)?", "unix", Number],
  x: ["\\d+", "unix", (text) => Number(text) / 1_000],
};
const SAME: Readonly<Record<string, string>> = {
  L: "M",
  LL: "MM",
  LLL: "MMM",
  MMMM: "MMM",
  LLLL: "MMM",
  EEEE: "EEE",
  ccc: "EEE",
  cccc: "EEE",
  u: "S",
  ZZ: "Z",
  ZZZ: "Z",
};

const tokenOf = (text: string) => TOKENS[SAME[text] ?? text];

/** A format's tokens, quoted words, spaces and other characters. */
function piecesOf(format: string): string[] {
  return format.match(/'[^']*'|([A-Za-z])\1*|\s+|[^A-Za-z\s]/gu) ?? [];
}

/** What is wrong with a format, and the remedy; null where nothing is. A day may come from elsewhere. */
export function formatFault(format: string, { hasDay }: { hasDay: boolean }): string | null {
  const pieces = piecesOf(format);
  const stranger = pieces.find((piece) => /^[A-Za-z]/.test(piece) && !tokenOf(piece));
  const known = [...Object.keys(TOKENS), ...Object.keys(SAME)].join(", ");
  if (stranger) return `"${stranger}" is no part of a time; the parts are ${known}, words stand in 'quotes'.`;
  const parts = new Set(pieces.map((piece) => tokenOf(piece)?.[1]));
  if (parts.has("unix")) return null;
  if (parts.has("hour12") !== parts.has("half")) return "h (hours to 12) goes with a (AM or PM), H without.";
  const [year, month, day] = [parts.has("year"), parts.has("month"), parts.has("day")];
  const isWhole = year && (parts.has("dayOfYear") || (month && day));
  if (isWhole || (hasDay && !year && !month && !day)) return null;
  return `"${format}" names no whole day, and none is made up: complete it with a template, such as "{day} {time}" by yyyy-MM-dd HH:mm.`;
}

/** Compiles a format to a reader of cells; null where a cell is not written in it. */
export function compileFormat(format: string, locale: string | null): (text: string) => ToldTime | null {
  const pieces = piecesOf(format);
  const tokens = pieces.map(tokenOf).filter((token) => token !== undefined);
  const pattern = new RegExp(`^${pieces.map(patternOf).join("")}$`, "iu");
  const words = calendarWordsOf(locale);
  return (text) => {
    const found = pattern.exec(text.trim());
    if (!found) return null;
    const parts = tokens.map(([, part, read], position) => [part, read(found[position + 1]!, words)] as const);
    return parts.some(([, value]) => value === null) ? null : timeOf(Object.fromEntries(parts) as Parts);
  };
}

function patternOf(piece: string): string {
  const token = tokenOf(piece);
  if (token) return `(${token[0]})`;
  if (/^\s/.test(piece)) return "\\s+";
  return piece.replaceAll("'", "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** In milliseconds. */
function offsetOf(text: string): number {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
