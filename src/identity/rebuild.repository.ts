import type { Db } from "../db/client.ts";
import { Count, Id, instant, row, text, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import { GUESTS } from "../facts/guests.sql.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import { findRanges } from "./assignments.repository.ts";
import { saveConflicts } from "./conflicts.repository.ts";
import { StoredIdentity } from "./evidence.repository.ts";
import { type Conflict, type Sighting, STITCHING_LIMITS } from "./evidence.ts";
import type { Range } from "./timeline.ts";

/** Records' own aside, of which nothing is derived. */
export async function countIdentities(db: Db): Promise<number> {
  const [all] = await db.rows(Count, sql`select count(*) as count from identities where kind <> 'RECORD'`);
  return all!.count;
}

/** The identities that evidence says something of, or that are another's. Most visitors were seen alone, and are nobody else's. */
export async function findWitnessed(db: Db): Promise<Identity[]> {
  return db.rows(
    StoredIdentity,
    sql`
      select id, namespace, value, kind, customer_id as "customerId", born_at as "bornAt"
      from identities
      where kind <> 'RECORD' and id in (
        select subject_id from sightings
        union select identity_id from sightings
        union select subject_id from assignments where known_to = 'infinity'
        union select unnest(left_ids || right_ids) from verdicts where withdrawn_at is null
      )
    `,
  );
}

const StoredSighting = row({ identityId: uuid, at: instant, subjectId: uuid, recordId: uuid, source: text });

/**
 * The sightings that say something which no other does: of a pair by a source the first and the last, and whatever begins a
 * turn of somebody else. Of a subject who may be contested all of them, since its owner changes with time.
 */
export async function findTellingSightings(db: Db): Promise<Sighting[]> {
  return db.rows(
    StoredSighting,
    sql`
      with persons as materialized (select id, kind from identities where kind in ('ANCHOR', 'PERSONAL')),
      pairs as materialized (
        select distinct s.subject_id, s.identity_id, a.kind as subject_kind, b.kind as identity_kind
        from sightings s
        join persons a on a.id = s.subject_id
        join persons b on b.id = s.identity_id
      ),
      unfolded as materialized (
        select identity_id as id
        from pairs
        where subject_kind = 'ANCHOR' and identity_kind = 'PERSONAL'
        group by identity_id
        having count(*) > 1
        union
        select id
        from (select subject_id as id from pairs union all select identity_id from pairs) e
        group by id
        having count(*) > ${STITCHING_LIMITS.publicAbove}::int
      )
      select identity_id as "identityId", at, subject_id as "subjectId", record_id as "recordId", source
      from (
        select
          s.*, p.id is not null as is_persons,
          lag(s.at) over pair is null or lead(s.at) over pair is null as is_end,
          lag(s.subject_id) over turn is distinct from s.subject_id as is_turn
        from sightings s
        left join persons p on p.id = s.subject_id
        window
          pair as (partition by s.subject_id, s.identity_id, s.source order by s.at, s.record_id),
          turn as (
            partition by s.identity_id, p.id is not null, s.source = any(${GUESTS}) order by s.at, s.record_id
          )
      ) s
      where is_end or (is_persons and (is_turn or subject_id in (select id from unfolded)))
    `,
  );
}

export async function findAllVerdicts(db: Db): Promise<Verdict[]> {
  return db.orm.verdict.findMany({
    where: { withdrawnAt: null },
    select: { id: true, kind: true, left: true, right: true, at: true },
  });
}

export async function findAllStretches(db: Db): Promise<Map<string, Range[]>> {
  const subjects = await db.rows(
    Id,
    sql`
      select distinct subject_id as id from assignments where known_to = 'infinity'
    `,
  );
  return findRanges(
    db,
    subjects.map(({ id }) => id),
  );
}

export async function replaceConflicts(db: Db, conflicts: readonly Conflict[]): Promise<void> {
  await db.orm.conflict.deleteMany();
  await saveConflicts(db, conflicts, new Set(conflicts.flatMap(({ a, b }) => [a, b])));
}

/** Moves every stored row to the customer that owned its subject at its time; answers how many rows moved. */
export async function settleRows(db: Db): Promise<number> {
  const owner = (at: ReturnType<typeof sql>, subject: ReturnType<typeof sql>) => sql`
    coalesce(
      (
        select a.customer_id from assignments a
        where a.subject_id = ${subject} and a.known_to = 'infinity' and a.valid_from <= ${at} and ${at} < a.valid_to
      ),
      (select i.customer_id from identities i where i.id = ${subject})
    )
  `;
  const [moved] = await db.rows(
    Count,
    sql`
      with touchpoints_moved as (
        update touchpoints t set customer_id = ${owner(sql`t.occurred_at`, sql`t.subject_id`)}
        where t.customer_id <> ${owner(sql`t.occurred_at`, sql`t.subject_id`)}
        returning 1
      ),
      interactions_moved as (
        update interactions t set customer_id = ${owner(sql`t.session_start_time`, sql`t.subject_id`)}
        where t.customer_id <> ${owner(sql`t.session_start_time`, sql`t.subject_id`)}
        returning 1
      ),
      records_moved as (
        update customer_records t set customer_id = ${owner(sql`t.observed_at`, sql`t.subject_id`)}
        where t.customer_id <> ${owner(sql`t.observed_at`, sql`t.subject_id`)}
        returning 1
      )
      select
        (select count(*) from touchpoints_moved) + (select count(*) from interactions_moved)
        + (select count(*) from records_moved) as count
    `,
  );
  return moved!.count;
}
