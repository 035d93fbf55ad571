import type { Money } from "../../kit/money.ts";
import type { Field, Fields } from "../field.ts";

/** The columns of a field: one, or amount and currency where it is money; none where its rows keep it elsewhere. */
export function columnsOf({ name, type, column = snakeCase(name) }: Field): readonly string[] {
  if (column === null) return [];
  if (typeof column !== "string") return column;
  return type === "money" ? [`${column}_amount`, `${column}_currency`] : [column];
}

/** The one column of a field that is not money. */
export function columnOf(field: Field): string {
  const [column, ...more] = columnsOf(field);
  if (column === undefined || more.length > 0) throw new Error(`The field ${field.name} has not just one column.`);
  return column;
}

/** The name of a field's type in PostgreSQL. */
export function sqlTypeOf(field: Field): string {
  switch (field.type) {
    case "text":
      return "text";
    case "instant":
      return "timestamptz";
    case "seconds":
    case "int":
      return "integer";
    case "number":
      return "float8";
    case "bool":
      return "boolean";
    case "money":
      return "numeric";
    case "json":
    case "signals":
      return "jsonb";
    case "choice":
      return snakeCase(field.choices.name);
    case "list":
      return field.choices ? `${snakeCase(field.choices.name)}[]` : "text[]";
  }
}

/** One row as PostgreSQL's jsonb_populate_recordset reads it: column names to plain values. */
export type ColumnValues = Record<string, unknown>;

/** Writes a field's value into its columns. */
export interface Writer {
  name: string;
  write(row: ColumnValues, value: unknown): void;
}

export function writersOf(fields: Fields): Writer[] {
  return Object.values(fields).map((field) => ({ name: field.name, write: writerOf(field) }));
}

/** A writer of whole bodies: each field that one says something of, null included, in its columns. */
export function rowsOf(fields: Fields): (body: Readonly<Record<string, unknown>>) => ColumnValues {
  const writers = writersOf(fields);
  return (body) => {
    const row: ColumnValues = {};
    for (const { name, write } of writers) {
      const value = body[name];
      if (value !== undefined) write(row, value);
    }
    return row;
  };
}

function writerOf(field: Field): Writer["write"] {
  const [column, currencyColumn] = columnsOf(field) as [string, string?];
  if (currencyColumn !== undefined) {
    return (row, value) => {
      const money = value as Money | null;
      row[column] = money?.amount ?? null;
      row[currencyColumn] = money?.currency ?? null;
    };
  }
  // A list column is never null.
  const nothing = field.type === "list" ? [] : null;
  return (row, value) => {
    row[column] = value ?? nothing;
  };
}

function snakeCase(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase();
}
