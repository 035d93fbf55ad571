import type { z } from "zod";
import { columnOf, columnsOf, sqlTypeOf } from "../fields/derive/columns.ts";
import type { Field, Fields } from "../fields/field.ts";
import type { FilterOf, Signal, ValueOf } from "../fields/value.ts";
import type { Money } from "../kit/money.ts";
import { Prisma } from "./generated/client.ts";
import { decimal, flag, float, instant, int, json, list, row, text, word } from "./row.ts";
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
export function valueSql(alias: string, field: Field): Sql {
  const [column, currency] = columnsOf(field).map((name) => `${alias}.${name}`);
  if (field.type === "list") return Prisma.raw(`${column}::text[]`);
  if (currency === undefined) return Prisma.raw(column!);
  return Prisma.raw(
    `case when ${column} is not null then json_build_object('amount', ${column}::text, 'currency', ${currency}) end`,
  );
}

/** The same as one JSON object. */
export function objectOf(alias: string, fields: Fields): Sql {
  const members = Object.values(fields).map((field) => `'${field.name}', ${alias}.${columnOf(field)}`);
  return Prisma.raw(`json_build_object(${members.join(", ")})`);
}

/** What `selected` brings of each field, for the declaration of a row. */
export function cells<All extends Fields>(fields: All): { [Name in keyof All]: z.ZodType<ValueOf<All[Name]>> } {
  const cellsOf = Object.values(fields).map((field) => [
    field.name,
    field.required ? cellOf(field) : cellOf(field).nullable(),
  ]);
  return Object.fromEntries(cellsOf);
}

function cellOf(field: Field): z.ZodType {
  switch (field.type) {
    case "text":
      return text;
    case "instant":
      return instant;
    case "seconds":
    case "int":
      return int;
    case "number":
      return float;
    case "bool":
      return flag;
    case "money":
      return row({ amount: decimal, currency: text });
    case "json":
      return json<Record<string, unknown>>();
    case "signals":
      return json<Signal[]>();
    case "choice":
      return word(field.choices.values);
    case "list":
      return list(field.choices ? word(field.choices.values) : text);
  }
}

/** The columns of bodies, for an insert of many: their names, and of each all values as one bound array. */
export function unnested<All extends Fields>(
  fields: All,
  bodies: readonly { readonly [Name in keyof All]: unknown }[],
): { names: Sql; arrays: Sql } {
  const columns = Object.values(fields).flatMap((field) =>
    columnsOf(field).map((name, part) => {
      const type = field.type === "money" && part === 1 ? "text" : sqlTypeOf(field);
      const values = bodies.map((body) => parameterOf(field, body[field.name], part));
      return { name: Prisma.raw(name), array: sql`${unlessEmpty(values)}::${Prisma.raw(type)}[]` };
    }),
  );
  return { names: join(columns.map(({ name }) => name)), arrays: join(columns.map(({ array }) => array)) };
}

/** `unnest` fills up what is shorter with nulls, and of most fields nothing is said. */
export function unlessEmpty<Value>(values: readonly Value[]): readonly Value[] {
  return values.every((value) => value === null) ? [] : values;
}

/** As a driver writes it into an array: it would put a Date into the server's own time zone. */
function parameterOf(field: Field, value: unknown, part: number): unknown {
  if (value == null) return null;
  if (value instanceof Date) return value.toISOString();
  if (field.type === "json" || field.type === "signals") return JSON.stringify(value);
  if (field.type !== "money") return value;
  const { amount, currency } = value as Money;
  return part === 0 ? amount : currency;
}

/** What a filter's lists say of the row `alias`; a list that is left out says nothing. */
export function filtered<All extends Fields>(alias: string, fields: All, filter: FilterOf<All>): Sql[] {
  return Object.values(fields).flatMap((field) => {
    const values = field.filter && filter[field.filter.name as keyof FilterOf<All>];
    if (values == null) return [];
    return [sql`${Prisma.raw(`${alias}.${columnOf(field)}`)} = any(${values}::${Prisma.raw(sqlTypeOf(field))}[])`];
  });
}
