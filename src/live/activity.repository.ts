import type { Db } from "../db/client.ts";
import { flag, instant, type RowOf, row, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { isClosed } from "../facts/consents.sql.ts";
import { orderOf } from "../facts/event-order.sql.ts";

/** A touchpoint that was stored just now. */
const Activity = row({
  /** The customer id that was watched; the rows may now belong to the customer it was merged into. */
  watchedId: uuid,
  recordId: uuid,
  isLeg: flag,
  ingestedAt: instant,
});
export type Activity = RowOf<typeof Activity>;

/** Rows of the last minute are read again, so that a row that was committed late is not missed (kernel §8). */
export const REREAD_SECONDS = 60;

/**
 * Touchpoints of these customers that were stored after an instant, in the order in which they were stored. Touchpoints
 * of more than a day ago are left out: they are new to us, but not what the customer is doing now.
 */
export async function findActivity(db: Db, customerIds: readonly string[], since: Date | null): Promise<Activity[]> {
  return db.hot("live.activity").rows(
    Activity,
    sql`
      select k.id as "watchedId", e.id as "recordId", e.is_leg as "isLeg", e.ingested_at as "ingestedAt"
      from unnest(${customerIds}::uuid[]) as k (id)
      cross join lateral (
        select coalesce(
          (
            select a.customer_id
            from identities i
            join assignments a
              on a.subject_id = i.id and a.known_to = 'infinity'
              and a.valid_from <= statement_timestamp() and a.valid_to > statement_timestamp()
            where i.customer_id = k.id
            limit 1
          ),
          k.id
        ) as id
      ) o
      join customer_events e
        on e.customer_id = o.id
        and e.occurred_at > statement_timestamp() - interval '1 day'
        and e.ingested_at > coalesce(
          ${since}::timestamptz,
          statement_timestamp() - make_interval(secs => ${REREAD_SECONDS}::float8)
        )
      where not ${isClosed("TIMELINE", sql`o.id`)}
      order by e.ingested_at, ${orderOf(sql`e`)}
    `,
  );
}

const Stored = row({ at: instant });

/** When a touchpoint was stored; null when there is none. */
export async function findStoredAt(db: Db, recordId: string, isLeg: boolean): Promise<Date | null> {
  const [stored] = await db.rows(
    Stored,
    sql`
      select e.ingested_at as at
      from ingest_keys k
      join customer_events e on e.subject_id = k.subject_id and e.occurred_at = k.occurred_at and e.id = k.id
      where k.id = ${recordId}::uuid and e.is_leg = ${isLeg}
    `,
  );
  return stored?.at ?? null;
}
