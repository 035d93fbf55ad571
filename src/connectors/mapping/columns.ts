import { requiredOf } from "./fields.ts";
import type { Mapping, RecordRule, Value } from "./language.ts";
import { columnsRead } from "./value.ts";

/** In `keep`: every column that nothing else uses. */
export const REST = "*";

/** The columns that a file needs for this mapping. */
export function neededColumns(mapping: Mapping): string[] {
  const rules = [
    ...Object.values(mapping.values),
    ...mapping.records.flatMap(valuesOf),
    ...[mapping.where, ...mapping.records.map(({ where }) => where ?? [])].flat(),
  ];
  const kept = mapping.records.flatMap(({ keep }) => keep).filter((column) => column !== REST);
  const columns = new Set([...rules.flatMap(columnsRead), ...kept]);
  return [...columns].filter((column) => !(column in mapping.values));
}

export function valuesOf({ sourceId, fields, identities, withdrawIdentities }: RecordRule): Value[] {
  return [sourceId, ...Object.values(fields), ...identities, ...withdrawIdentities];
}

/** A requirement of a kind of record that no row of a file can meet. */
export interface Unmakeable {
  kind: RecordRule["kind"];
  field: string;
  /** The columns that it would be made of. */
  from: string[];
}

/** The first requirement that a file with these columns cannot meet. Records with a condition are left out. */
export function unmakeable(mapping: Mapping, columns: readonly string[]): Unmakeable | null {
  const has = (name: string): boolean => {
    const value = mapping.values[name];
    return value ? canBeMade(value, has) : columns.includes(name);
  };
  for (const rule of mapping.records.filter(({ where = [] }) => where.length === 0)) {
    const lacking = requirementsOf(rule).find(([, values]) => !values.some((value) => canBeMade(value, has)));
    if (lacking) return { kind: rule.kind, field: lacking[0], from: lacking[1].flatMap(columnsRead) };
  }
  return null;
}

/** Each requirement with the values that meet it; one of them is enough. */
function requirementsOf({
  kind,
  sourceId,
  fields,
  identities,
  withdrawIdentities,
}: RecordRule): [field: string, values: Value[]][] {
  const required = requiredOf(kind).map((field): [string, Value[]] => [field, fields[field] ? [fields[field]] : []]);
  const customers: [string, Value[]][] =
    kind === "customer" ? [["identities", [...identities, ...withdrawIdentities]]] : [];
  return [["sourceId", [sourceId]], ...required, ...customers];
}

function canBeMade(value: Value, has: (name: string) => boolean): boolean {
  const { column, template, hash, firstOf, earliest, latest, list } = value;
  if (column !== undefined) return has(column);
  if (template !== undefined) return columnsRead({ template }).every(has);
  if (Array.isArray(hash)) return hash.some(has);
  const inner = firstOf ?? earliest ?? latest ?? list;
  return inner ? inner.some((one) => canBeMade(one, has)) : true;
}
