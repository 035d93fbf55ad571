import { float, row, text } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";

/** Of a short touchpoint. An interaction takes more room on the disk, and as many more columns once it is read. */
const BYTES_OF_ROW = 150;

const Estimate = row({ rows: float });

/** About how many rows there are to read: as PostgreSQL last counted, or as many as fill its files. */
export async function estimateRows(snapshot: Snapshot): Promise<number> {
  const [estimate] = await snapshot.rows(
    Estimate,
    sql`
      select sum(greatest(reltuples, pg_relation_size(oid) / ${BYTES_OF_ROW}::int))::float8 as rows
      from pg_class
      where oid in ('public.touchpoints'::regclass, 'public.interactions'::regclass)
    `,
  );
  return estimate!.rows;
}

const Item = row({ id: text, kind: text, name: text, section: text });

/** What these ids of the dictionary stand for. */
export async function findItems(snapshot: Snapshot, ids: readonly string[]) {
  return snapshot.rows(Item, sql`select id::text, kind, name, section from items where id = any(${ids}::bigint[])`);
}
