import type { Money } from "../../kit/money.ts";

/** One row as PostgreSQL's json_populate_recordset reads it: column names to plain values. */
export type Row = Record<string, unknown>;

const MONEY_FIELDS: ReadonlySet<string> = new Set(["cost", "revenue", "grossAnnualIncome", "overallRevenue"]);

/** The columns of a field: one, or amount and currency where it is money. */
export function columnsOf(field: string, value: unknown): Row {
  const column = snakeCase(field);
  if (!MONEY_FIELDS.has(field)) return { [column]: value };
  const money = value as Money | null;
  return { [`${column}_amount`]: money?.amount ?? null, [`${column}_currency`]: money?.currency ?? null };
}

/** Every field of a body as columns. */
export function rowOf(body: object): Row {
  const row: Row = {};
  for (const [field, value] of Object.entries(body)) {
    if (MONEY_FIELDS.has(field)) Object.assign(row, columnsOf(field, value));
    else row[snakeCase(field)] = value;
  }
  return row;
}

const names = new Map<string, string>();

function snakeCase(field: string): string {
  let name = names.get(field);
  if (name === undefined) {
    name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    names.set(field, name);
  }
  return name;
}
