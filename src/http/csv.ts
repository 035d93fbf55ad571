import { stringify } from "csv-stringify/sync";
import type { Table } from "../kit/table.ts";

/**
 * A table as RFC 4180 has it. A spreadsheet would run a text that begins like a formula, and a page may well be called
 * `=HYPERLINK(…)` by a visitor: an apostrophe before it makes spreadsheets leave it alone.
 */
export function csvOf({ columns, rows }: Table): string {
  return stringify([...rows], {
    columns: [...columns],
    header: true,
    record_delimiter: "windows",
    // Said outright: where the delimiter is named, a single line feed would go out without quotes.
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { boolean: String, string: textOf },
  });
}

/** An exact amount below zero: a number, though it comes as a text. */
const NEGATIVE = /^-\d+(\.\d+)?$/;

/** Where the library's own idea of a formula is too wide or too narrow. */
function textOf(text: string) {
  if (NEGATIVE.test(text)) return { value: text, escape_formulas: false };
  return text.startsWith("\n") ? `'${text}` : text;
}
