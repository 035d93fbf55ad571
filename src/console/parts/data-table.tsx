import { type ReactNode, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Panel } from "./panel.tsx";

export interface Column<Row> {
  label: string;
  /** The plain value: what is sorted by, and what the CSV holds. */
  value: (row: Row) => string | number | null;
  /** How it is shown, when not as it is. */
  shown?: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  title: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  /** Rows that stay below whatever the order, such as what could not be attributed. */
  apart?: readonly Row[];
  /** Name of the file, without its ending. */
  file: string;
}

/** The numbers behind a picture: sortable by every column, and as CSV. */
export function DataTable<Row>({ title, columns, rows, apart = [], file }: DataTableProps<Row>) {
  const [order, setOrder] = useState<{ column: number; isDown: boolean } | null>(null);
  const sorted = order ? sortBy(rows, columns[order.column]!, order.isDown) : rows;
  const press = (column: number) =>
    setOrder((known) => ({
      column,
      isDown: known?.column === column ? !known.isDown : isNumeric(columns[column]!, rows),
    }));
  return (
    <Panel
      isFlush
      title={title}
      tools={
        <Button className="button quiet" onPress={() => download(`${file}.csv`, csvOf(columns, [...sorted, ...apart]))}>
          CSV ↓
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label={title} tabIndex={0}>
        <table>
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              {columns.map((column, position) => (
                <th
                  key={column.label}
                  className={isNumeric(column, rows) ? "number" : undefined}
                  aria-sort={order?.column === position ? (order.isDown ? "descending" : "ascending") : "none"}
                >
                  <button type="button" className="sort" onClick={() => press(position)}>
                    {column.label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...sorted, ...apart].map((row, position) => (
              <tr key={keyOf(columns, row, position)} className={position === sorted.length ? "apart" : undefined}>
                {columns.map((column) => (
                  <td key={column.label} className={isNumeric(column, rows) ? "number" : undefined}>
                    {column.shown ? column.shown(row) : column.value(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

function keyOf<Row>([first]: Column<Row>[], row: Row, position: number): string {
  return `${first?.value(row)} ${position}`;
}

function isNumeric<Row>(column: Column<Row>, rows: readonly Row[]): boolean {
  return rows.some((row) => typeof column.value(row) === "number");
}

/** What is unknown comes last in either direction. */
function sortBy<Row>(rows: readonly Row[], { value }: Column<Row>, isDown: boolean): Row[] {
  return rows.toSorted((left, right) => {
    const [a, b] = [value(left), value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
    return isDown ? -order : order;
  });
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

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
