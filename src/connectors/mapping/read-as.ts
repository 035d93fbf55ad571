import { DateTime } from "luxon";
import type { ValueType } from "../../fields/derive/mapping.ts";
import { fromUnix, instantIn } from "../../kit/instant.ts";
import { readJson } from "../../kit/json.ts";
import type { Value } from "./language.ts";
import { BadCell, cellText, type RowScope } from "./scope.ts";

export type Read = (cell: unknown, scope: RowScope) => unknown;

/** Compiles how a cell becomes the type of its field. `from` names the columns, for the message of a rejection. */
export function compileRead(rule: Value, { type, zone, from, field }: ReadRules): Read {
  const bad = (remedy: string) => new BadCell("BAD_VALUE", `${from} ${remedy}`);
  // A column with its field's name is spelt as in the contract: the validator judges it, as everywhere.
  const isContracts = rule.column === field && !rule.format;
  switch (rule.as ?? type) {
    case "text":
      return cellText;
    case "number":
      return (cell) => numberOf(cell, rule, bad);
    case "boolean":
      return (cell) => booleanOf(cell, bad);
    case "seconds":
      return (cell) => secondsOf(cell, rule, bad);
    case "date":
      return compileDate(rule, { zone, isContracts }, bad);
    case "money":
      return (cell, scope) => moneyOf(cell, rule, { scope, bad });
    case "list":
      return (cell) => listOf(cell, rule);
    case "json":
      return (cell) => jsonOf(cell, isContracts, bad);
  }
}

export interface ReadRules {
  type: ValueType;
  /** Of the source, where the value names none. */
  zone: string;
  from: string;
  /** The field that the value is for, where it is for one. */
  field?: string;
}

type Bad = (remedy: string) => BadCell;

const PLAIN = /^[+-]?\d+(\.\d+)?$/;

/** An exact decimal as text, so that no amount passes through a float. */
function decimalOf(cell: unknown, { decimal = "." }: Value, bad: Bad): string {
  const groups = decimal === "." ? /[,\s\u00a0']/g : /[.\s\u00a0']/g;
  const text = String(cell).replace(groups, "").replace(decimal, ".");
  if (!PLAIN.test(text)) throw bad(`does not hold a number such as 12${decimal}50.`);
  return text.replace("+", "");
}

function numberOf(cell: unknown, rule: Value, bad: Bad): number {
  return typeof cell === "number" ? cell : Number(decimalOf(cell, rule, bad));
}

const YES = ["true", "yes", "y", "1", "t"];
const NO = ["false", "no", "n", "0", "f"];

function booleanOf(cell: unknown, bad: Bad): boolean {
  const text = String(cell).toLowerCase();
  if (YES.includes(text)) return true;
  if (NO.includes(text)) return false;
  throw bad("holds neither yes nor no (true, false, y, n, 1, 0): translate it with a lookup.");
}

/** Plain seconds, or mm:ss, or hh:mm:ss. */
function secondsOf(cell: unknown, rule: Value, bad: Bad): number {
  const parts = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(String(cell));
  if (!parts) return numberOf(cell, rule, bad);
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours! * 3_600 + minutes! * 60 + seconds!;
}

function moneyOf(cell: unknown, rule: Value, { scope, bad }: { scope: RowScope; bad: Bad }): unknown {
  if (typeof cell === "object") return cell;
  const currency = (rule.currencyColumn ? cellText(scope.get(rule.currencyColumn)) : null) ?? rule.currency;
  if (!currency) throw bad("holds an amount without a currency: name one (currency or currencyColumn) in the mapping.");
  return { amount: decimalOf(cell, rule, bad), currency: currency.toUpperCase() };
}

function listOf(cell: unknown, { separator = ";" }: Value): unknown {
  if (Array.isArray(cell)) return cell.length > 0 ? cell : null;
  const items = String(cell).split(separator);
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

function jsonOf(cell: unknown, isContracts: boolean, bad: Bad): unknown {
  if (typeof cell !== "string") return cell;
  try {
    return readJson(cell);
  } catch {
    if (isContracts) return cell;
    throw bad("does not hold JSON.");
  }
}

function compileDate(rule: Value, spelt: { zone: string; isContracts: boolean }, bad: Bad): Read {
  const zone = rule.zone ?? spelt.zone;
  const formats = rule.format ?? ["unix", "iso"];
  const parsers = formats.map((format) => compileFormat(format, zone));
  const place = compilePlace(rule, zone);
  return (cell, scope) => {
    if (cell instanceof Date) return place(cell, scope);
    for (const parse of parsers) {
      const date = typeof cell === "object" ? null : parse(cell);
      if (date) return place(date, scope);
    }
    if (spelt.isContracts) return cell;
    throw bad(`does not hold a date as the mapping writes it (${formats.join(" or ")}).`);
  };
}

/** Fewer digits are a date such as 20261120. */
const UNIX = /^\d{9,}(\.\d+)?$/;

function compileFormat(format: string, zone: string): (cell: unknown) => Date | null {
  if (format === "iso")
    return (cell) => (typeof cell === "string" && instantIn(cell, zone)) || isoIn(String(cell), zone);
  if (format === "unix") return (cell) => (UNIX.test(String(cell)) ? fromUnix(Number(cell)) : null);
  const parser = DateTime.buildFormatParser(format, { locale: "en-GB" });
  return (cell) => validIn(DateTime.fromFormatParser(String(cell), parser, { zone, locale: "en-GB" }));
}

/** Other ISO forms in files: single days, weeks, digits without dashes. */
const OTHER_ISO = /^\d{4}(?!-\d{2}-\d{2}[Tt ])/;

function isoIn(text: string, zone: string): Date | null {
  return OTHER_ISO.test(text) ? validIn(DateTime.fromISO(text, { zone })) : null;
}

function validIn(time: DateTime): Date | null {
  return time.isValid ? time.toJSDate() : null;
}

const HALF_A_DAY_MS = 43_200_000;

/** A clock time past midnight comes with the date of the start: the nearest day is its own. */
function compilePlace({ rollsOver, notBefore }: Value, zone: string): (date: Date, scope: RowScope) => Date | null {
  return (date, scope) => {
    const placed = rollsOver ? nearestDay(date, scope.get(rollsOver), zone) : date;
    const least = notBefore ? scope.get(notBefore) : null;
    return least instanceof Date && placed < least ? null : placed;
  };
}

function nearestDay(date: Date, anchor: unknown, zone: string): Date {
  if (!(anchor instanceof Date)) return date;
  const distance = date.getTime() - anchor.getTime();
  if (Math.abs(distance) <= HALF_A_DAY_MS) return date;
  return DateTime.fromJSDate(date, { zone })
    .plus({ days: distance < 0 ? 1 : -1 })
    .toJSDate();
}
