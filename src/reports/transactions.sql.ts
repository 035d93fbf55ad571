import { type Sql, sql } from "../db/sql.ts";

/** Whose transaction ids a source names: its own, unless its settings say otherwise. */
const issuerOf = (source: Sql): Sql =>
  sql`coalesce((select o.transaction_issuer from sources o where o.name = ${source}), ${source})`;

/** A transaction of the event `e`: the same id of the same issuer is the same order, whoever sends it again. */
export const TRANSACTION = sql`${issuerOf(sql`e.source`)} || ' ' || e.transaction_id`;

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
