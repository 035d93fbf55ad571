import { float, row, text } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";

/** Of a short one. */
const BYTES_OF_TOUCHPOINT = 150;

const Estimate = row({ rows: float });

/** About how many touchpoints there are: as PostgreSQL last counted, or as many as fill its file. */
export async function estimateTouchpoints(snapshot: Snapshot): Promise<number> {
  const [estimate] = await snapshot.rows(
    Estimate,
    sql`
      select greatest(reltuples, pg_relation_size(oid) / ${BYTES_OF_TOUCHPOINT}::int)::float8 as rows
      from pg_class
      where oid = 'touchpoints'::regclass
    `,
  );
  return estimate!.rows;
}

const Item = row({ id: text, kind: text, name: text, section: text });

/** What these ids of the dictionary stand for. */
export async function findItems(snapshot: Snapshot, ids: readonly string[]) {
  return snapshot.rows(Item, sql`select id::text, kind, name, section from items where id = any(${ids}::bigint[])`);
}
