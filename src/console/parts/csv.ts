import type { Column } from "./data-table.tsx";

/** Hands rows over as a file that spreadsheets open. */
export function downloadCsv<Row>(name: string, columns: Column<Row>[], rows: readonly Row[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${csvOf(columns, rows)}`], { type: "text/csv;charset=utf-8" }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function csvOf<Row>(columns: Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ label }) => label), ...rows.map((row) => columns.map(({ value }) => value(row)))];
  return lines.map((cells) => cells.map(cellOf).join(",")).join("\r\n");
}

/** A cell that begins like a formula would run in a spreadsheet: it is disarmed. */
function cellOf(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
