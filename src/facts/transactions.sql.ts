import { type Sql, sql } from "../db/sql.ts";

/** Whose transaction ids a source names: its own, unless its settings say otherwise. */
const issuerOf = (source: Sql): Sql =>
  sql`coalesce((select o.transaction_issuer from sources o where o.name = ${source}), ${source})`;

/** A transaction of an event: the same id of the same issuer is the same order, whoever sends it again. */
export const transactionOf = (event: Sql): Sql =>
  sql`case when ${event}.transaction_id is not null then ${issuerOf(sql`${event}.source`)} || ' ' || ${event}.transaction_id end`;
