import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import { CLOSED_MONTHS, STANDS_UNTIL } from "../../facts/archive.sql.ts";
import { Tie } from "../storing/contacts.repository.ts";
import type { Forgotten } from "./forgotten-traces.repository.ts";

// What a forgetting leaves of touchpoints that are in the archive.

/** The months whose files have rows of these records are stale: the next run of the archive writes them without. */
export async function makeStale(db: Db, records: readonly string[]): Promise<void> {
  await db.run(sql`
    update archived_months a set stale_at = clock_timestamp()
    where a.month in (
      select m.month
      from ingest_keys k
      join ${CLOSED_MONTHS} on k.occurred_at >= m.starts_at and k.occurred_at < m.ends_at
      where k.id = any(${[...records]}::uuid[]) and k.kind = 'touchpoint'
    )
  `);
}

/** Takes the visits away whose touchpoints are in the archive alone, and go with all that these had; answers what tied them. */
export function deleteArchivedVisits(db: Db, { customers, identities, visits }: Forgotten): Promise<Tie[]> {
  const { of, endedBefore } = visits ?? { of: [], endedBefore: new Date(0) };
  const archived = sql`v.is_visit and v.session_start_time < ${STANDS_UNTIL}`;
  // Each by its own index.
  return db.rows(
    Tie,
    sql`
      with doomed as materialized (
        select v.subject_id, v.id from interactions v where v.customer_id = any(${[...customers]}::uuid[]) and ${archived}
        union
        select v.subject_id, v.id from interactions v where v.subject_id = any(${[...identities]}::uuid[]) and ${archived}
        union
        select v.subject_id, v.id
        from unnest(${of.map(({ subjectId }) => subjectId)}::uuid[], ${of.map(({ id }) => id)}::uuid[]) as k (subject_id, id)
        join interactions v on v.subject_id = k.subject_id and v.id = k.id
        where ${archived} and v.session_end_time < ${endedBefore.toISOString()}::timestamptz
      )
      delete from interactions i
      using doomed d
      where i.subject_id = d.subject_id and i.id = d.id
      and not exists (select from touchpoints t where t.subject_id = i.subject_id and t.interaction_id = i.id)
      returning i.id, coalesce(i.contact_keys, '{}') as keys
    `,
  );
}
