import { type Sql, sql } from "../db/sql.ts";
import { issuerOf } from "../facts/transactions.sql.ts";

/** A transaction of the event `e`. */
export const TRANSACTION: Sql = sql`${issuerOf(sql`e.source`)} || ' ' || e.transaction_id`;

/**
 * Whether the money of `e` counts: that of one transaction does once, as it was stated last. Whether something newer lies
 * outside the period does not matter, so that months add up.
 */
export const MONEY_COUNTS = sql`(
  e.transaction_id is null
  or not exists (
    select
    from customer_events n
    where n.transaction_id = e.transaction_id
    and (n.stated_at, n.id) > (e.stated_at, e.id)
    and coalesce(n.revenue_amount, n.value) is not null
    and ${issuerOf(sql`n.source`)} = ${issuerOf(sql`e.source`)}
  )
)`;
