import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { Conflict } from "./evidence.ts";

/** Replaces the listed conflicts of these identities by those found now. */
export async function saveConflicts(
  db: Db,
  conflicts: readonly Conflict[],
  judged: ReadonlySet<string>,
): Promise<void> {
  if (judged.size === 0) return;
  const ids = [...judged];
  await db.run(sql`delete from conflicts where a_id = any(${ids}::uuid[]) or b_id = any(${ids}::uuid[])`);
  const ours = conflicts.filter(({ a, b }) => judged.has(a) || judged.has(b));
  if (ours.length === 0) return;
  await db.run(sql`
    insert into conflicts (a_id, b_id, kind, observed_at, source)
    select c.a, c.b, c.kind, c.at, c.source
    from unnest(
      ${ours.map(({ a }) => a)}::uuid[],
      ${ours.map(({ b }) => b)}::uuid[],
      ${ours.map(({ kind }) => kind)}::conflict_kind[],
      ${ours.map(({ observedAt }) => observedAt.toISOString())}::timestamptz[],
      ${ours.map(({ source }) => source)}::text[]
    ) as c (a, b, kind, at, source)
    on conflict (a_id, b_id, kind) do update set observed_at = excluded.observed_at, source = excluded.source
  `);
}
