import { float, row, text } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";

const Estimate = row({ rows: float });

/** About how many touchpoints there are, as PostgreSQL last counted. */
export async function estimateTouchpoints(snapshot: Snapshot): Promise<number> {
  const [estimate] = await snapshot.rows(
    Estimate,
    sql`select greatest(reltuples, 0)::float8 as rows from pg_class where oid = 'touchpoints'::regclass`,
  );
  return estimate!.rows;
}

const Item = row({ id: text, kind: text, name: text, section: text });

/** What these ids of the dictionary stand for. */
export async function findItems(snapshot: Snapshot, ids: readonly string[]) {
  return snapshot.rows(Item, sql`select id::text, kind, name, section from items where id = any(${ids}::bigint[])`);
}
