import { join, type Sql, sql } from "../../src/db/sql.ts";
import type { Statements } from "../../src/db/statements.ts";
import {
  legRowsSql,
  namedSql,
  nobodiesSql,
  statedSql,
  touchpointRowsSql,
  visitRowsSql,
} from "../../src/journeys/load.sql.ts";
import { read } from "../kit/read.ts";

/** All that a customer's columns are made of, and their rows whole, as one text a customer. */
export type Picture = ReadonlyMap<string, string>;

const EVERYBODY = { from: "00000000-0000-0000-0000-000000000000", to: "ffffffff-ffff-ffff-ffff-ffffffffffff" };
const COLUMNS = [legRowsSql, namedSql, nobodiesSql, statedSql, touchpointRowsSql, visitRowsSql];
const TABLES = [sql`customer_events`, sql`interactions`, sql`customer_records`];

/** The customers who have rows, each with whatever a report may see of them. */
export async function pictureOf(db: Statements): Promise<Picture> {
  const parts = [
    ...COLUMNS.map(
      (of, i) => sql`select r.customer, ${`column ${i} `} || r::text from (${of(EVERYBODY)}) r (customer)`,
    ),
    ...TABLES.map((table) => sql`select r.customer_id, to_jsonb(r)::text from ${table} r`),
  ];
  const rows = await read<{ id: string; told: string }>(
    db,
    sql`
      select p.customer as id, string_agg(p.told, chr(10) order by p.told) as told
      from (${unionOf(parts)}) p (customer, told)
      where p.customer in (
        select customer_id from customer_events
        union all
        select customer_id from interactions
        union all
        select customer_id from customer_records
      )
      group by p.customer
    `,
  );
  return new Map(rows.map(({ id, told }) => [id, told]));
}

const unionOf = (parts: readonly Sql[]): Sql => join([...parts], " union all ");

/** Who looks otherwise now. */
export function differing(before: Picture, after: Picture): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
}
