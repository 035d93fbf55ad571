import { valueSql } from "../db/fields.ts";
import { type Sql, sql } from "../db/sql.ts";
import { SURVIVING } from "../fields/car.ts";
import type { Field } from "../fields/field.ts";
import { DEFAULT_RANK } from "./rules.ts";
import { extraKey } from "./survivorship.ts";

// `survivorship` in the database's words. `r` is a customer record, `o` are the settings of its source.

export type SurvivingField = keyof typeof SURVIVING;
/** A list of lists has no first list in PostgreSQL. */
type SingleField = {
  [Name in SurvivingField]: (typeof SURVIVING)[Name] extends { type: "list" } ? never : Name;
}[SurvivingField];

/** What the record `r` states of a field; null where it says nothing. */
export function statedIn(name: SurvivingField): Sql {
  const field: Field = SURVIVING[name];
  return field.type === "list" ? sql`nullif(${valueSql("r", field)}, '{}')` : valueSql("r", field);
}

const RECORDS = sql`customer_records r left join sources o on o.name = r.source`;

/** The best-ranked source first; of equal rank the newest statement; of equal time the natural key. */
const bySurvival = (field: string): Sql => sql`
  coalesce(o.rank, ${DEFAULT_RANK}::int), coalesce((r.stated ->> ${field})::timestamptz, r.observed_at) desc,
  r.source collate "C", r.source_id collate "C"
`;

/** The surviving value of a customer's field. */
export const survivingValue = (field: SurvivingField, customerId: Sql): Sql => sql`(
  select ${statedIn(field)}
  from ${RECORDS}
  where r.customer_id = ${customerId} and ${statedIn(field)} is not null
  order by ${bySurvival(field)}
  limit 1
)`;

/** The same over the records `r` that a statement groups, for several fields in one pass. */
export const survivingOf = (field: SingleField): Sql => sql`(
  array_agg(${statedIn(field)} order by ${bySurvival(field)}) filter (where ${statedIn(field)} is not null)
)[1]`;

/** The same of a list, as JSON: a list of lists would have no first. */
export const survivingListOf = (field: SurvivingField): Sql => sql`(
  array_agg(to_jsonb(${statedIn(field)}) order by ${bySurvival(field)}) filter (where ${statedIn(field)} is not null)
)[1]`;

/** The same of a key of `extra`, as text. */
export const survivingKeyOf = (key: string): Sql => sql`(
  array_agg(r.extra ->> ${key} order by ${bySurvival(extraKey(key))}) filter (where r.extra ->> ${key} is not null)
)[1]`;
