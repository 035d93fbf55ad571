import { type ReactNode, useState } from "react";
import { Button } from "react-aria-components/Button";
import { downloadCsv } from "./csv.ts";
import { Panel } from "./panel.tsx";

export interface Column<Row> {
  label: string;
  /** The plain value, for sorting and for the CSV. */
  value: (row: Row) => string | number | null;
  /** How it is shown, where that differs from the value. */
  shown?: (row: Row) => ReactNode;
  /** Aligned right like a number, though it is text: money. */
  isNumber?: boolean;
  /** Only in the CSV; the table shows it in another column. */
  isInFileOnly?: boolean;
}

interface DataTableProps<Row> {
  title: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  /** Rows that stay at the end in any order, such as what could not be attributed. */
  apart?: readonly Row[];
  /** Name of the file, without its ending. */
  file: string;
}

interface Order {
  column: number;
  isDown: boolean;
}

/** The numbers of a chart: sortable by every column, and as CSV. */
export function DataTable<Row>({ title, columns: all, rows, apart = [], file }: DataTableProps<Row>) {
  const columns = all.filter(({ isInFileOnly }) => !isInFileOnly);
  const [order, setOrder] = useState<Order | null>(null);
  const sorted = order ? sortBy(rows, columns[order.column]!, order.isDown) : rows;
  const shown = [...sorted, ...apart];
  const isNumber = columns.map((column) => isNumeric(column, rows));
  const press = (column: number) =>
    setOrder((known) => ({ column, isDown: known?.column === column ? !known.isDown : isNumber[column]! }));
  return (
    <Panel
      isFlush
      title={title}
      tools={
        <Button className="button quiet" onPress={() => downloadCsv(file, all, shown)}>
          CSV ↓
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" aria-label={title} tabIndex={0}>
        <table>
          <caption className="unseen">{title}</caption>
          <Head columns={columns} isNumber={isNumber} order={order} press={press} />
          <tbody>
            {shown.map((row, position) => (
              <tr key={keyOf(columns, row, position)} className={position === sorted.length ? "apart" : undefined}>
                {columns.map((column, place) => (
                  <td key={column.label} className={isNumber[place] ? "number" : undefined}>
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

interface HeadProps<Row> {
  columns: Column<Row>[];
  isNumber: boolean[];
  order: Order | null;
  press: (column: number) => void;
}

function Head<Row>({ columns, isNumber, order, press }: HeadProps<Row>) {
  const sortOf = (column: number) =>
    order?.column === column ? (order.isDown ? "descending" : "ascending") : ("none" as const);
  return (
    <thead>
      <tr>
        {columns.map(({ label }, column) => (
          <th key={label} className={isNumber[column] ? "number" : undefined} aria-sort={sortOf(column)}>
            <button type="button" className="sort" onClick={() => press(column)}>
              {label}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function keyOf<Row>([first]: Column<Row>[], row: Row, position: number): string {
  return `${first?.value(row)} ${position}`;
}

function isNumeric<Row>(column: Column<Row>, rows: readonly Row[]): boolean {
  return column.isNumber ?? rows.some((row) => typeof column.value(row) === "number");
}

/** Unknown values come last in both directions. */
function sortBy<Row>(rows: readonly Row[], { value }: Column<Row>, isDown: boolean): Row[] {
  return rows.toSorted((left, right) => {
    const [a, b] = [value(left), value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
    return isDown ? -order : order;
  });
}
