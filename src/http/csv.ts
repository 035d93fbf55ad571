import type { Cell, Table } from "../kit/table.ts";

/** A table as RFC 4180 has it: a header row, CRLF after every line, quotes where they are needed. */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns.map(textOf), ...rows.map((row) => columns.map((column) => textOf(row[column])))];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** A spreadsheet would run a text that begins like this: a page may well be called `=HYPERLINK(…)` by a visitor. */
const FORMULA = /^(?!-\d+(\.\d+)?$)[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** Numbers are written as they are, so that -1 stays one, an exact amount too; an apostrophe before any other text makes spreadsheets leave it alone. */
function textOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
