import { valueSql } from "../db/fields.ts";
import { type Sql, sql } from "../db/sql.ts";
import { ENDS } from "../facts/durations.ts";
import { type SurvivingField, survivingKeyOf, survivingListOf, survivingOf } from "../facts/survivorship.sql.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import type { Field } from "../fields/field.ts";
import { INTERACTION } from "../fields/interaction.ts";
import { MATCH } from "../fields/match.ts";
import { isMeant, type Who } from "./load.sql.ts";

// What is read of an attribute, as COPY sends it: whose it is, of a leg its id, and the value, of those who have one.

export function attributeRowsSql(attribute: Attribute, who: Who): Sql {
  if (attribute.field === "emailDomain") return emailDomainsSql(who);
  return attribute.of === "CUSTOMER" ? ofCustomersSql(attribute, who) : ofLegsSql(attribute, who);
}

function ofCustomersSql(attribute: Attribute, who: Who): Sql {
  return sql`
    select s.customer_id, s.value
    from (
      select r.customer_id, ${statedSql(attribute)} as value
      from customer_records r
      left join sources o on o.name = r.source
      where ${isMeant(who, sql`r.customer_id`)}
      group by r.customer_id
    ) s
    where s.value is not null`;
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

function ofLegsSql(attribute: Attribute, who: Who): Sql {
  const value = saidSql(attribute);
  return sql`
    select i.customer_id, i.id, ${value}
    from interactions i
    where not i.is_visit and ${isMeant(who, sql`i.customer_id`)} and ${value} is not null`;
}

function saidSql({ name, field: own, is, part }: Attribute): Sql {
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

function emailDomainsSql(who: Who): Sql {
  return sql`
    select a.customer_id, min(split_part(i.display, '@', 2) collate "C")
    from assignments a
    join identities i on i.id = a.subject_id
    where i.namespace = 'email' and i.display is not null and a.known_to = 'infinity' and ${isMeant(who, sql`a.customer_id`)}
    group by a.customer_id`;
}
