/** What a cell may hold; null and undefined are empty. */
export type Cell = string | number | boolean | null | undefined;

/** Rows under named columns; what a row has beside them is not shown. */
export interface Table {
  columns: readonly string[];
  rows: readonly Readonly<Record<string, Cell>>[];
}
