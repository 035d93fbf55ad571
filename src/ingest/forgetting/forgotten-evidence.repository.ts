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

/** The identities that earlier versions of these records showed. */
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
 * Of identities that these customers shared with others: what is known of them now has been known since the first of these
 * customers had them. What was known in between named the forgotten.
 */
export async function rewriteShares(db: Db, customers: readonly string[]): Promise<void> {
  const shares = await db.rows(
    Share,
    sql`
      select subject_id as id, min(known_from) as since
      from assignments
      where customer_id = any(${[...customers]}::uuid[])
      group by subject_id
    `,
  );
  const shared = sql`unnest(
    ${shares.map(({ id }) => id)}::uuid[], ${shares.map(({ since }) => since.toISOString())}::timestamptz[]
  ) as s (id, since)`;
  await db.run(sql`
    delete from assignments a
    using ${shared}
    where a.subject_id = s.id and a.known_from >= s.since and a.known_to <> 'infinity'
  `);
  await db.run(sql`
    update assignments a set known_from = s.since
    from ${shared}
    where a.subject_id = s.id and a.known_to = 'infinity' and a.known_from > s.since
  `);
}

const Share = row({ id: uuid, since: instant });
