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
  return db.rows(
    Tie,
    sql`
      delete from interactions i
      where i.is_visit and i.session_start_time < ${STANDS_UNTIL}
      and (
        i.customer_id = any(${[...customers]}::uuid[])
        or i.subject_id = any(${[...identities]}::uuid[])
        or i.session_end_time < ${endedBefore.toISOString()}::timestamptz and (i.subject_id, i.id) in (
          select * from unnest(${of.map(({ subjectId }) => subjectId)}::uuid[], ${of.map(({ id }) => id)}::uuid[])
        )
      )
      and not exists (select from touchpoints t where t.subject_id = i.subject_id and t.interaction_id = i.id)
      returning i.id, coalesce(i.contact_keys, '{}') as keys
    `,
  );
}
