import type { Money } from "../../kit/money.ts";
import type { Field, Fields } from "../field.ts";

/** A field's column; of money the stem of its two. */
export function columnOf(field: Field): string {
  return field.column ?? snakeCase(field.name);
}

/** Every column of a field: one, or amount and currency where it is money. */
export function columnsOf(field: Field): readonly string[] {
  const column = columnOf(field);
  return field.type === "money" ? [`${column}_amount`, `${column}_currency`] : [column];
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
export type Row = Record<string, unknown>;

/** Writes a field's value into its columns. */
export interface Writer {
  name: string;
  write(row: Row, value: unknown): void;
}

export function writersOf(fields: Fields): Writer[] {
  return Object.values(fields).map((field) => ({ name: field.name, write: writerOf(field) }));
}

/** A writer of whole bodies: each field that one says something of, null included, in its columns. */
export function rowsOf(fields: Fields): (body: Readonly<Record<string, unknown>>) => Row {
  const writers = writersOf(fields);
  return (body) => {
    const row: Row = {};
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
  // A list that says nothing is empty.
  const nothing = field.type === "list" ? [] : null;
  return (row, value) => {
    row[column] = value ?? nothing;
  };
}

function snakeCase(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase();
}
