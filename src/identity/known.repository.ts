import type { Db } from "../db/client.ts";
import { Id } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { STANDS_UNTIL } from "../facts/archive.sql.ts";
import { GUESTS } from "../facts/guests.sql.ts";

/** The persons among these that were on a record of a source that may not join. */
export async function findSeenByGuests(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows(
    Id,
    sql`
      select k.id
      from unnest(${ids}::uuid[]) as k (id)
      join identities i on i.id = k.id and i.kind in ('ANCHOR', 'PERSONAL')
      where exists (select from sightings s where s.identity_id = k.id and s.source = any(${GUESTS}))
      or exists (select from sightings s where s.subject_id = k.id and s.source = any(${GUESTS}))
    `,
  );
  return rows.map(({ id }) => id);
}

/** Persons on these batches' records whom sources that may not join saw too: who knows them decides on those links. */
export async function findSubjectsSeenByGuests(db: Db, batches: readonly string[]): Promise<string[]> {
  const subjects = await db.rows(
    Id,
    sql`
      select distinct i.id
      from ingest_keys k
      join identities i on i.id = k.subject_id and i.kind in ('ANCHOR', 'PERSONAL')
      where k.batch_id = any(${batches}::uuid[])
    `,
  );
  return findSeenByGuests(
    db,
    subjects.map(({ id }) => id),
  );
}

/** Stored rows that count no more, by their records: events that are replaced, and customers whose subject may change. */
export interface Passing {
  replaced: readonly string[];
  restated: readonly string[];
}

const NOTHING_PASSES: Passing = { replaced: [], restated: [] };

/** The identities among these that a record of a source that may join names, alone or with others. */
export async function findKnown(
  db: Db,
  ids: readonly string[],
  { replaced, restated } = NOTHING_PASSES,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows(
    Id,
    sql`
      select k.id
      from unnest(${ids}::uuid[]) as k (id)
      where exists (
        select from sightings s
        where s.identity_id = k.id and s.source <> all(${GUESTS}) and s.record_id <> all(${replaced}::uuid[])
      )
      or exists (
        select from sightings s
        where s.subject_id = k.id and s.source <> all(${GUESTS}) and s.record_id <> all(${replaced}::uuid[])
      )
      or exists (
        select from touchpoints t
        where t.subject_id = k.id and t.source <> all(${GUESTS}) and t.id <> all(${replaced}::uuid[])
      )
      -- Of touchpoints in the archive there are their visits.
      or exists (
        select from interactions i
        where i.subject_id = k.id and i.source <> all(${GUESTS}) and i.is_visit and i.session_start_time < ${STANDS_UNTIL}
      )
      or exists (
        select from interactions i
        where i.subject_id = k.id and i.source <> all(${GUESTS}) and not i.is_visit and i.id <> all(${replaced}::uuid[])
      )
      or exists (
        select from customer_records c
        where c.subject_id = k.id and c.source <> all(${GUESTS}) and c.id <> all(${restated}::uuid[])
      )
    `,
  );
  return rows.map(({ id }) => id);
}

/**
 * Whether the sighting `s` of the identity `k.id` with a subject of these kinds counts. Those of sources that may not join do
 * where there are no others, and of the first subject only.
 */
export function heardOf(kinds: Sql): Sql {
  const others = sql`from sightings o join identities p on p.id = o.subject_id and p.kind in (${kinds})`;
  return sql`(
    s.source <> all(${GUESTS})
    or (
      not exists (select ${others} where o.identity_id = k.id and o.source <> all(${GUESTS}))
      and s.subject_id = (
        select o.subject_id ${others} where o.identity_id = k.id order by o.at, o.record_id limit 1
      )
    )
  )`;
}
