import { type Sql, sql } from "../db/sql.ts";
import { saidOfCustomers, saidOfLeg } from "../facts/attributes.sql.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { isMeant, type Who } from "./load.sql.ts";

// What is read of an attribute, as COPY sends it: whose it is, of a leg its id, and the value, of those who have one.

export function attributeRowsSql(attribute: Attribute, who: Who): Sql {
  return attribute.of === "CUSTOMER"
    ? ofCustomersSql(attribute, (customer) => isMeant(who, customer))
    : ofLegsSql(attribute, who);
}

function ofCustomersSql(attribute: Attribute, isAsked: (customer: Sql) => Sql): Sql {
  return sql`select s.customer_id, s.value from (${saidOfCustomers(attribute, isAsked)}) s where s.value is not null`;
}

function ofLegsSql(attribute: Attribute, who: Who): Sql {
  const value = saidOfLeg(attribute);
  return sql`
    select i.customer_id, i.id, ${value}
    from interactions i
    where not i.is_visit and ${isMeant(who, sql`i.customer_id`)} and ${value} is not null`;
}
