import type { Fields, FieldType } from "../field.ts";

/** What a mapping reads a text as; a field of a record knows its own, so this is rarely stated. */
export const VALUE_TYPES = ["text", "number", "boolean", "seconds", "date", "money", "list", "json"] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

const BY_TYPE: Readonly<Record<FieldType, ValueType>> = {
  text: "text",
  choice: "text",
  instant: "date",
  seconds: "seconds",
  number: "number",
  int: "number",
  bool: "boolean",
  money: "money",
  list: "list",
  json: "json",
  signals: "json",
};

/** What each of the fields that a sender states is read as. */
export function readAs(fields: Fields): ReadonlyMap<string, ValueType> {
  const stated = Object.values(fields).filter(({ given }) => given !== false);
  return new Map(stated.map(({ name, type }) => [name, BY_TYPE[type]]));
}
