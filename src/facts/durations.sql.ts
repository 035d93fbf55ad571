import { type Sql, sql } from "../db/sql.ts";

/** Whole seconds from one instant to another, rounded down; null where one is missing or they are the wrong way round. */
export const lengthBetween = (from: Sql, to: Sql): Sql =>
  sql`case when ${to} >= ${from} then floor(date_part('epoch', ${to} - ${from})) end`;
