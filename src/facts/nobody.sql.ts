import { type Sql, sql } from "../db/sql.ts";

// Who is nobody: a customer whose every identity is a record's own (RECORD) or a contact. Somebody called, and nothing says
// who; no count of customers counts them.

/** Whether the contact `r` has a customer to itself: no identity of another kind is its customer's. */
const IS_CONTACT_ONLY = sql`r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
)`;

/**
 * Whether a customer is nobody. Not `in`, which PostgreSQL hashes only while they fit the memory of a statement and else
 * looks through for each row; of `exists` it knows the index too. The `case` keeps it from becoming a join, which would
 * forget the order in which events are read.
 */
export function isNobody(customer: Sql): Sql {
  return sql`case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = ${customer})
    or exists (select from identities r where r.customer_id = ${customer} and ${IS_CONTACT_ONLY})
    then true else false end`;
}

/** The ids of all who are nobody. */
export const NOBODIES = sql`
  select r.customer_id from identities r where r.kind = 'RECORD'
  union all
  select r.customer_id from identities r where ${IS_CONTACT_ONLY}
`;
