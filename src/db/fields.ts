import { columnOf, columnsOf, sqlTypeOf } from "../fields/derive/columns.ts";
import type { Field, Fields } from "../fields/field.ts";
import type { FilterOf } from "../fields/value.ts";
import { Prisma } from "./generated/client.ts";
import { join, type Sql, sql } from "./sql.ts";

// The SQL of declared fields. Its names are ours, never a caller's.

/** The columns of the row `alias`, each under its field's name; `instead` says what to select for some of them. */
export function selected(alias: string, fields: Fields, instead: Readonly<Record<string, Sql>> = {}): Sql {
  const columns = Object.values(fields).map((field) => {
    return sql`${instead[field.name] ?? valueSql(alias, field)} as ${Prisma.raw(`"${field.name}"`)}`;
  });
  return join(columns, ", ");
}

/** An amount comes as the text that it was sent as, with its currency; a driver would make two columns of it. */
function valueSql(alias: string, field: Field): Sql {
  const [column, currency] = columnsOf(field).map((name) => `${alias}.${name}`);
  if (field.type === "list") return Prisma.raw(`${column}::text[]`);
  if (currency === undefined) return Prisma.raw(column!);
  return Prisma.raw(
    `case when ${column} is not null then json_build_object('amount', ${column}::text, 'currency', ${currency}) end`,
  );
}

/** What a filter's lists say of the row `alias`; a list that is left out says nothing. */
export function filtered<All extends Fields>(alias: string, fields: All, filter: FilterOf<All>): Sql[] {
  return Object.values(fields).flatMap((field) => {
    const values = field.filter && filter[field.filter.name as keyof FilterOf<All>];
    if (values == null) return [];
    return [sql`${Prisma.raw(`${alias}.${columnOf(field)}`)} = any(${values}::${Prisma.raw(sqlTypeOf(field))}[])`];
  });
}
