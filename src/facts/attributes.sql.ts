import { valueSql } from "../db/fields.ts";
import { join, type Sql, sql } from "../db/sql.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import type { Field } from "../fields/field.ts";
import { INTERACTION } from "../fields/interaction.ts";
import { MATCH } from "../fields/match.ts";
import { type AttributeFilter, checkFilter, knownAttribute } from "./attributes.ts";
import { ENDS } from "./durations.ts";
import { type SurvivingField, survivingKeyOf, survivingListOf, survivingOf } from "./survivorship.sql.ts";

// What is said of customers and of legs, in the database's words: numbers as doubles, lists as JSON, all else as text.

/** What is said of customers: their id, and the value, null where there is none. */
export function saidOfCustomers(attribute: Attribute, isAsked: (customer: Sql) => Sql): Sql {
  if (attribute.field === "emailDomain") {
    return sql`
      select a.customer_id, min(split_part(i.display, '@', 2) collate "C") as value
      from assignments a
      join identities i on i.id = a.subject_id
      where i.namespace = 'email' and i.display is not null and a.known_to = 'infinity' and ${isAsked(sql`a.customer_id`)}
      group by a.customer_id`;
  }
  return sql`
    select r.customer_id, ${statedSql(attribute)} as value
    from customer_records r
    left join sources o on o.name = r.source
    where ${isAsked(sql`r.customer_id`)}
    group by r.customer_id`;
}

function statedSql({ field, is, part }: Attribute): Sql {
  const name = field as SurvivingField;
  if (field === "extra") return survivingKeyOf(part!);
  if (is === "LIST") return sql`${survivingListOf(name)}::text`;
  // Counted where no source states it, as a customer's record shows it.
  if (name === "numberOfTotalProducts") {
    return sql`coalesce(${survivingOf(name)}, jsonb_array_length(${survivingListOf("products")}))::float8`;
  }
  const value = survivingOf(name as Parameters<typeof survivingOf>[0]);
  return part === null ? typed(value, is) : inCurrency(value, part);
}

const typed = (value: Sql, is: Attribute["is"]): Sql =>
  is === "NUMBER" ? sql`(${value})::float8` : sql`(${value})::text`;

const inCurrency = (money: Sql, currency: string): Sql =>
  sql`case when (${money}) ->> 'currency' = ${currency} then ((${money}) ->> 'amount')::float8 end`;

/** What the leg `i` says. */
export function saidOfLeg({ name, field: own, is, part }: Attribute): Sql {
  const fields: Readonly<Record<string, Field>> = name.startsWith("match.") ? MATCH : INTERACTION;
  const field = fields[own]!;
  const value = valueSql("i", field);
  if (field.type === "json") return sql`(${value} ->> ${part})`;
  if (part !== null) return inCurrency(value, part);
  const ends = ENDS[own as keyof typeof ENDS];
  if (fields !== INTERACTION || !ends) return typed(value, is);
  const [from, to] = ends.map((end) => valueSql("i", INTERACTION[end])) as [Sql, Sql];
  return sql`coalesce(${value}, case when ${to} >= ${from} then floor(extract(epoch from ${to} - ${from})) end)::float8`;
}

/** Conditions on the leg or visit `i`, and on its customer. */
export function legsAre(filters: readonly AttributeFilter[] | null | undefined): Sql[] {
  return (filters ?? []).map((filter) => {
    const attribute = knownAttribute(filter.attribute);
    return attribute.of === "LEG"
      ? isSaid(attribute, saidOfLeg(attribute), filter)
      : customerIs(sql`i.customer_id`, filter);
  });
}

/** A condition on a customer. */
export function customerIs(customer: Sql, filter: AttributeFilter): Sql {
  const attribute = knownAttribute(filter.attribute);
  const said = saidOfCustomers(attribute, (own) => sql`${own} = ${customer}`);
  const exists = (is: Sql) => sql`exists (select from (${said}) s where ${is})`;
  if (filter.isKnown !== false) return exists(isSaid(attribute, sql`s.value`, filter));
  checkFilter(filter);
  return sql`not ${exists(sql`s.value is not null`)}`;
}

const NUMERAL = "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$";

function isSaid({ is }: Attribute, value: Sql, filter: AttributeFilter): Sql {
  checkFilter(filter);
  const { in: list, from, to, isKnown } = filter;
  if (isKnown === false) return sql`${value} is null`;
  const number = is === "NUMBER" ? value : numberIn(value);
  const conditions = [
    sql`${value} is not null`,
    ...(list ? [isOneOf(is, value, list)] : []),
    ...(from == null ? [] : [sql`${number} >= ${from}::float8`]),
    ...(to == null ? [] : [sql`${number} < ${to}::float8`]),
  ];
  return sql`(${join(conditions, " and ")})`;
}

/** The number that a text writes, 1 for `true` and 0 for `false`. */
const numberIn = (value: Sql): Sql => sql`case
  when ${value} in ('true', 'false') then ((${value})::boolean)::int::float8
  when ${value} ~ ${NUMERAL} then (${value})::float8
end`;

function isOneOf(is: Attribute["is"], value: Sql, list: readonly string[]): Sql {
  if (is === "LIST") return sql`(${value})::jsonb ?| ${[...list]}::text[]`;
  if (is === "TEXT") return sql`${value} = any(${[...list]}::text[])`;
  return sql`${value} = any(${list.map(Number)}::float8[])`;
}
