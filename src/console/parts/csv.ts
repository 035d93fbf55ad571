import type { Column } from "./data-table.tsx";

/** Hands rows over as a file that spreadsheets open. */
export async function downloadCsv<Row>(name: string, columns: Column<Row>[], rows: readonly Row[]): Promise<void> {
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const text = stringify([columns.map(({ label }) => label), ...cells], {
    bom: true,
    record_delimiter: "windows",
    quote_record_delimiter: true,
    escape_formulas: true,
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
