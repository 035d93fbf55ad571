import type { Field, FieldScope, Fields } from "../../field.ts";
import { columnsOf } from "../columns.ts";

/** Scopes whose fields no view shows. Nor does a view show free text. */
const LEFT_OUT: readonly FieldScope[] = [
  "identities:read",
  "customers:name",
  "customers:personal",
  "customers:sensitive",
  "interactions:notes",
];

/** The fields that the views show. */
export function shownIn(fields: Fields): Field[] {
  return Object.values(fields).filter(({ scope }) => scope === undefined || !LEFT_OUT.includes(scope));
}

/** The names of the fields that the views leave out. */
export function leftOutOf(fields: Fields): string {
  const shown = shownIn(fields);
  return Object.values(fields)
    .filter((field) => !shown.includes(field))
    .flatMap(titlesOf)
    .join(", ");
}

/** The names of a field's columns in a view: the seed's spelling, else its column in Pascal case. */
export function titlesOf(field: Field): string[] {
  const titles = field.seed === null ? [pascalCase(stemOf(field))] : [field.seed].flat();
  return field.type === "money" ? [titles[0]!, `${titles[0]}Currency`] : titles;
}

function stemOf(field: Field): string {
  return columnsOf(field)[0]?.replace(/_amount$/, "") ?? field.name;
}

function pascalCase(column: string): string {
  return column.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `a.b as "Title"`, for each column of each field. */
export function selection(fields: readonly Field[], valuesOf: (field: Field) => readonly string[]): string {
  const columns = fields.flatMap((field) => {
    const values = valuesOf(field);
    return titlesOf(field).map((title, position) => `${values[position]} as "${title}"`);
  });
  return columns.join(",\n  ");
}

/** Whether consent lets the row of a customer out of the house. */
export const isLetOut = (customer: string): string =>
  `not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = ${customer})`;
