import { type Sql, sql } from "../db/sql.ts";
import type { Statements } from "../db/statements.ts";
import { newId } from "../kit/id.ts";

/**
 * Records that this transaction changes the events of these customers (a query of `customer_id`), so that roll-ups made
 * before no longer count. No writer waits for another, and an extra row does no harm.
 */
export async function recordChanges(db: Statements, customers: Sql): Promise<void> {
  await db.run(sql`
    insert into changed_customers (customer_id, change_id)
    select distinct c.customer_id, ${newId()}::uuid from (${customers}) c
  `);
}

/** These customers, as a query. */
export function customersOf(ids: readonly string[]): Sql {
  return sql`select unnest(${[...new Set(ids)]}::uuid[]) as customer_id`;
}
