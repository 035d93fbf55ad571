import type { Db } from "../../db/client.ts";
import { Id, instant, list, row, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { GUESTS } from "../../facts/guests.sql.ts";
import { LostPair } from "../../identity/evidence.repository.ts";

// What identities leave in evidence, and in whom it made customers.

/** Takes these identities from the records of others. */
export function deleteSightingsNaming(db: Db, identities: readonly string[]): Promise<LostPair[]> {
  return db.rows(
    LostPair,
    sql`
      delete from sightings s
      where s.identity_id = any(${[...identities]}::uuid[]) or s.subject_id = any(${[...identities]}::uuid[])
      returning s.subject_id as subject, s.identity_id as identity, s.source = any(${GUESTS}) as "isGuest"
    `,
  );
}

const Decided = row({ members: list(uuid) });

/** Deletes decisions that name one of these identities; answers whom each of them named. */
export async function deleteVerdictsNaming(db: Db, identities: readonly string[]): Promise<string[][]> {
  const rows = await db.rows(
    Decided,
    sql`
      delete from verdicts
      where left_ids && ${[...identities]}::uuid[] or right_ids && ${[...identities]}::uuid[]
      returning left_ids || right_ids as members
    `,
  );
  return rows.map(({ members }) => members);
}

/** Whom these records are about, and the identities that earlier versions of them showed. */
export async function findShownBefore(db: Db, records: readonly string[]): Promise<string[]> {
  const rows = await db.rows(
    Id,
    sql`
      select (n #>> '{}')::uuid as id
      from revisions r
      cross join lateral unnest(array['$.row.subject_id', '$.sightings[*].identity_id',
        '$.statement.named[*].id', '$.statement.withdrawn[*].id']::jsonpath[]) as p (path)
      cross join lateral jsonb_path_query(r.body, p.path) n
      where r.record_id = any(${[...records]}::uuid[])
      union
      select h.subject_id from history h where h.id = any(${[...records]}::uuid[])
      union
      select k.subject_id from ingest_keys k where k.id = any(${[...records]}::uuid[])
    `,
  );
  return rows.map(({ id }) => id);
}

/** Which of these identities nothing shows any more: no record, no sighting, no decision and no earlier body. */
export async function findOrphans(db: Db, identities: readonly string[]): Promise<string[]> {
  const rows = await db.rows(
    Id,
    sql`
      select i.id
      from identities i
      where i.id = any(${[...identities]}::uuid[])
        and not exists (select from sightings s where s.identity_id = i.id or s.subject_id = i.id)
        and not exists (select from touchpoints t where t.subject_id = i.id)
        and not exists (select from interactions n where n.subject_id = i.id)
        and not exists (select from customer_records c where c.subject_id = i.id or c.identities ? i.id::text)
        and not exists (select from verdicts v where i.id = any(v.left_ids) or i.id = any(v.right_ids))
        and not exists (select from revisions r where strpos(r.body::text, i.id::text) > 0)
    `,
  );
  return rows.map(({ id }) => id);
}

/** Deletes identities with all that was derived of them; what customer records of others state of them goes too. */
export async function deleteIdentities(db: Db, identities: readonly string[]): Promise<void> {
  const these = sql`any(${[...identities]}::uuid[])`;
  await db.run(sql`delete from identities where id = ${these}`);
  await db.run(sql`delete from assignments where subject_id = ${these}`);
  await db.run(sql`delete from conflicts where a_id = ${these} or b_id = ${these}`);
  await db.run(sql`delete from tracking_leases where identity_id = ${these}`);
  await db.run(sql`
    update customer_records set identities = identities - ${[...identities]}::text[]
    where identities ?| ${[...identities]}::text[]
  `);
}

/**
 * Rewrites what was known of identities that these customers shared with others, and of those whose owner is another since
 * these customers are gone. What is known now has been known since the first of these customers had them, or since they had
 * the owner that followed from these customers. What was known in between told of the forgotten.
 */
export async function rewriteKnown(
  db: Db,
  { customers, reassigned }: { customers: readonly string[]; reassigned: readonly string[] },
): Promise<void> {
  const versions = await db.rows(
    Version,
    sql`
      select subject_id as id, min(known_from) as since
      from assignments
      where customer_id = any(${[...customers]}::uuid[])
      group by subject_id
      union all
      select i.id, coalesce(
        (select max(a.known_from) from assignments a where a.subject_id = i.id and a.known_to <> 'infinity'), i.born_at
      )
      from identities i
      where i.id = any(${[...reassigned]}::uuid[])
    `,
  );
  const rewritten = sql`(
    select id, min(since) as since
    from unnest(
      ${versions.map(({ id }) => id)}::uuid[], ${versions.map(({ since }) => since.toISOString())}::timestamptz[]
    ) as v (id, since)
    group by id
  ) s`;
  await db.run(sql`
    delete from assignments a
    using ${rewritten}
    where a.subject_id = s.id and a.known_from >= s.since and a.known_to <> 'infinity'
  `);
  await db.run(sql`
    update assignments a set known_from = s.since
    from ${rewritten}
    where a.subject_id = s.id and a.known_to = 'infinity' and a.known_from > s.since
  `);
}

const Version = row({ id: uuid, since: instant });
