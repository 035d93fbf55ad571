import type { ValueType } from "../../fields/derive/mapping.ts";
import { readJson } from "../../kit/json.ts";
import type { Value } from "./language.ts";
import { compileDate } from "./read-date.ts";
import { type Bad, type DecimalMark, readDecimal, readNumber } from "./read-number.ts";
import { BadCell, cellText, type RowScope } from "./scope.ts";

export type Read = (cell: unknown, scope: RowScope) => unknown;

/** How a file writes numbers and dates, for values that do not say it themselves. */
export interface Spelling {
  /** The time zone of the source. */
  zone: string;
  /** The language of months and weekdays, beside English. */
  locale: string | null;
  decimal: DecimalMark;
  /** Its rows are bodies as other entry points take them: the validator judges what is spelt as in the contract. */
  isJson: boolean;
}

export interface ReadRules {
  type: ValueType;
  spelling: Spelling;
  from: string;
  /** The field that the value is for, where it is for one. */
  field?: string;
}

/** Compiles how a cell becomes the type of its field. `from` names the columns, for the message of a rejection. */
export function compileRead(rule: Value, { type, spelling, from, field }: ReadRules): Read {
  const bad: Bad = (remedy) => new BadCell("BAD_VALUE", `${from} ${remedy}`);
  const mark = rule.decimal ?? spelling.decimal;
  const read = compileType(rule, { type: rule.as ?? type, spelling, mark, bad });
  const isContracts = spelling.isJson && rule.column === field && !rule.format;
  return isContracts && (type === "date" || type === "json") ? orAsItIs(read) : read;
}

interface TypeRules extends Pick<ReadRules, "type" | "spelling"> {
  mark: DecimalMark;
  bad: Bad;
}

function compileType(rule: Value, { type, spelling, mark, bad }: TypeRules): Read {
  switch (type) {
    case "text":
      return cellText;
    case "number":
      return (cell) => readNumber(cell, mark, bad);
    case "boolean":
      return (cell) => booleanOf(cell, bad);
    case "seconds":
      return (cell) => secondsOf(cell, mark, bad);
    case "date":
      return compileDate(rule, { zone: rule.zone ?? spelling.zone, locale: spelling.locale }, bad);
    case "money":
      return (cell, scope) => moneyOf(cell, rule, { scope, mark, bad });
    case "list":
      return (cell) => listOf(cell, rule);
    case "json":
      return (cell) => jsonOf(cell, bad);
  }
}

function orAsItIs(read: Read): Read {
  return (cell, scope) => {
    try {
      return read(cell, scope);
    } catch (error) {
      if (error instanceof BadCell) return cell;
      throw error;
    }
  };
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
function secondsOf(cell: unknown, mark: DecimalMark, bad: Bad): number {
  const parts = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/.exec(String(cell));
  if (!parts) return readNumber(cell, mark, bad);
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours! * 3_600 + minutes! * 60 + seconds!;
}

type MoneyRules = Pick<TypeRules, "mark" | "bad"> & { scope: RowScope };

function moneyOf(cell: unknown, rule: Value, { scope, mark, bad }: MoneyRules): unknown {
  if (typeof cell === "object") return cell;
  const currency = (rule.currencyColumn ? cellText(scope.get(rule.currencyColumn)) : null) ?? rule.currency;
  if (!currency) throw bad("holds an amount without a currency: name one (currency or currencyColumn) in the mapping.");
  return { amount: typeof cell === "number" ? cell : readDecimal(cell, mark, bad), currency: currency.toUpperCase() };
}

function listOf(cell: unknown, { separator = ";" }: Value): unknown {
  if (Array.isArray(cell)) return cell.length > 0 ? cell : null;
  const items = String(cell).split(separator);
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

function jsonOf(cell: unknown, bad: Bad): unknown {
  if (typeof cell !== "string") return cell;
  try {
    return readJson(cell);
  } catch {
    throw bad("does not hold JSON.");
  }
}
