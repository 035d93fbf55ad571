import type { Db } from "../db/client.ts";
import { LOCKS } from "../db/locks.ts";
import { type Sql, sql } from "../db/sql.ts";

/** Readers look every few seconds. Whoever has not looked for so long reads everything anew. */
const KEPT_HOURS = 1;

/** A number for a stored snapshot: a later one has a higher, since storing takes a transaction of its own. */
export const snapshotNumber = (snapshot: Sql): Sql => sql`pg_snapshot_xmax(${snapshot})::text::bigint`;

/**
 * Stores a snapshot, and deletes the changes that had ended by one of an hour ago, which becomes the floor. A change says
 * when its transaction began, which is no measure: it may have ended a second ago.
 */
export async function forgetChanges(db: Db, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(${LOCKS.feed}::bigint)`);
    await tx.run(sql`
      insert into change_snapshots (snapshot, at) values (pg_current_snapshot(), ${now})
    `);
    await tx.run(sql`
      with floor as materialized (
        select snapshot
        from change_snapshots
        where at <= ${now}::timestamptz - make_interval(hours => ${KEPT_HOURS}::int)
        order by ${snapshotNumber(sql`snapshot`)} desc
        limit 1
      ),
      older as (
        delete from change_snapshots s using floor f where ${snapshotNumber(sql`s.snapshot`)} < ${snapshotNumber(sql`f.snapshot`)}
      ),
      raised as (
        update change_snapshots s set is_floor = true
        from floor f
        where ${snapshotNumber(sql`s.snapshot`)} = ${snapshotNumber(sql`f.snapshot`)} and not s.is_floor
      )
      delete from customer_changes c
      using floor f
      where c.xid < pg_snapshot_xmax(f.snapshot) and pg_visible_in_snapshot(c.xid, f.snapshot)
    `);
  });
}

/**
 * Deletes what came with the dump of another cluster: transactions that this one has yet to begin would pass for those
 * that are told of.
 */
export async function forgetForeignChanges(db: Db): Promise<void> {
  await db.run(sql`
    with snapshots as (
      delete from change_snapshots where pg_snapshot_xmax(snapshot) > pg_snapshot_xmax(pg_current_snapshot())
    )
    delete from customer_changes where xid >= pg_snapshot_xmax(pg_current_snapshot())
  `);
}
