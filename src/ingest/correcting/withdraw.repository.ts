import type { Db } from "../../db/client.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { GUESTS } from "../../facts/guests.sql.ts";
import { recordChanges } from "../../identity/changes.repository.ts";
import { LostPair, StoredPair } from "../../identity/evidence.repository.ts";
import type { Pair } from "../../identity/evidence.ts";
import { IS_ROW, STATED_AT, statementsOf } from "../storing/ledger.repository.ts";
import { LegRow, VisitRow } from "../storing/visits.repository.ts";

/** The batches that an id means: one batch, or all of an import; those withdrawn before are left out. */
export async function findBatches(db: Db, id: string): Promise<string[]> {
  const batches = await db.orm.batch.findMany({
    where: { OR: [{ id }, { importId: id }], withdrawnAt: null },
    select: { id: true },
  });
  return batches.map((batch) => batch.id);
}

/** The records of these batches, as a condition on the ledger's rows `k`. */
export const ofBatches = (batches: readonly string[]): Sql => sql`k.batch_id = any(${batches}::uuid[])`;

/** These records, as the same. */
export const ofRecords = (records: readonly string[]): Sql => sql`k.id = any(${[...records]}::uuid[])`;

/** Takes away the rows of these records; answers the visits that lose touchpoints by it, and the legs. */
export async function deleteFacts(db: Db, of: Sql): Promise<{ visits: VisitRow[]; legs: LegRow[] }> {
  const visits = await db.rows(
    VisitRow,
    sql`
      with keys as (select id, subject_id, occurred_at as at from ingest_keys k where ${of}),
      gone as (
        delete from touchpoints t using keys k where ${IS_ROW.touchpoint}
        returning t.subject_id, t.interaction_id
      )
      select distinct subject_id as "subjectId", interaction_id as id from gone
    `,
  );
  const legs = await db.rows(
    LegRow,
    sql`
      with keys as (select id, subject_id from ingest_keys k where ${of}),
      records as (
        delete from customer_records c using keys k where c.subject_id = k.subject_id and c.id = k.id
      )
      delete from interactions i using keys k where i.subject_id = k.subject_id and i.id = k.id and not i.is_visit
      returning i.subject_id as "subjectId", i.id, i.source, i.source_id as "sourceId"
    `,
  );
  return { visits, legs };
}

/** Whose rows these records are, or stood where they are now: all who gain or lose some when they go. */
export async function recordWithdrawing(db: Db, of: Sql): Promise<void> {
  await recordChanges(
    db,
    sql`
      select t.customer_id
      from ingest_keys k
      join touchpoints t on t.subject_id = k.subject_id and t.occurred_at = k.occurred_at and t.id = k.id
      where ${of}
      union all
      select i.customer_id
      from ingest_keys k
      join interactions i on i.subject_id = k.subject_id and i.id = k.id
      where ${of}
      union all
      select c.customer_id
      from ingest_keys k
      join customer_records c on c.subject_id = k.subject_id and c.id = k.id
      where ${of}
      union all
      select (r.body -> 'row' ->> 'customer_id')::uuid
      from ingest_keys k
      join revisions r on r.record_id = k.id
      where ${of}
      and r.body -> 'row' ? 'customer_id'
    `,
  );
}

/** Takes away what these records showed. */
export async function deleteEvidence(db: Db, of: Sql): Promise<LostPair[]> {
  return db.rows(
    LostPair,
    sql`
      delete from sightings s
      using (
        select k.id, k.subject_id, k.occurred_at as at
        from ingest_keys k
        where ${of}
        union
        select k.id, k.subject_id, ${STATED_AT}
        from ingest_keys k
        join customer_records c on c.subject_id = k.subject_id and c.id = k.id
        cross join lateral ${statementsOf(sql`c.identities`)}
        where ${of}
      ) k
      where s.subject_id = k.subject_id and s.at = k.at and s.record_id = k.id
      returning s.subject_id as subject, s.identity_id as identity, s.source = any(${GUESTS}) as "isGuest"
    `,
  );
}

export interface Restored {
  records: number;
  /** What they show again. */
  shown: Pair[];
  visits: VisitRow[];
  /** Whose rows they are. */
  subjects: string[];
  /** The rows that stand again, of legs and of visits. */
  rows: VisitRow[];
}

/** Puts the earlier bodies back that these batches replaced. */
export async function restoreEarlier(db: Db, batches: readonly string[]): Promise<Restored> {
  const earlier = sql`
    select distinct on (r.record_id) r.record_id, r.body_hash, r.revision, r.body
    from revisions r
    join ingest_keys k on k.id = r.record_id and k.batch_id = any(${batches}::uuid[])
    where r.body ? 'row'
    order by r.record_id, r.revision desc nulls last, r.kept_at desc
  `;
  await db.run(sql`
    insert into touchpoints
    select f.* from (${earlier}) e, jsonb_populate_record(null::touchpoints, e.body -> 'row') f
    where e.body -> 'row' ? 'occurred_at'
  `);
  // A visit that took the place of a leg gives it back.
  await db.run(sql`
    with earlier as materialized (${earlier})
    delete from interactions i
    using earlier e
    where i.id = e.record_id and i.subject_id = (e.body -> 'row' ->> 'subject_id')::uuid and i.is_visit
  `);
  await db.run(sql`
    insert into interactions
    select f.* from (${earlier}) e, jsonb_populate_record(null::interactions, e.body -> 'row') f
    where e.body -> 'row' ? 'session_start_time'
  `);
  const shown = await db.rows(
    StoredPair,
    sql`
      insert into sightings
      select f.*
      from (${earlier}) e
      cross join lateral jsonb_array_elements(coalesce(nullif(e.body -> 'sightings', 'null'), '[]')) s (row)
      cross join lateral jsonb_populate_record(
        null::sightings, s.row || jsonb_build_object('known_from', clock_timestamp())
      ) f
      on conflict do nothing
      returning subject_id as subject, identity_id as identity
    `,
  );
  const visits = await db.rows(
    VisitRow,
    sql`
      with earlier as materialized (${earlier}),
      visits as (
        insert into interactions
        select f.*
        from earlier e
        cross join lateral jsonb_populate_record(
          null::interactions, (e.body -> 'visit') || jsonb_build_object('ingested_at', clock_timestamp())
        ) f
        where jsonb_typeof(e.body -> 'visit') = 'object'
        on conflict (subject_id, id) do nothing
      )
      select e.body -> 'visit' ->> 'subject_id' as "subjectId", e.body -> 'visit' ->> 'id' as id
      from earlier e
      where jsonb_typeof(e.body -> 'visit') = 'object'
    `,
  );
  const restored = await db.rows(
    VisitRow,
    sql`
      with earlier as materialized (${earlier}),
      back as (
        update ingest_keys k
        set revision = e.revision, body_hash = e.body_hash, subject_id = (e.body -> 'row' ->> 'subject_id')::uuid,
            batch_id = (e.body -> 'row' ->> 'batch_id')::uuid,
            occurred_at = coalesce(e.body -> 'row' ->> 'occurred_at', e.body -> 'row' ->> 'session_start_time')::timestamptz
        from earlier e
        where k.id = e.record_id
        returning k.id, k.body_hash, k.subject_id
      )
      delete from revisions r using back b where r.record_id = b.id and r.body_hash = b.body_hash
      returning b.subject_id as "subjectId", b.id
    `,
  );
  const rows = [...restored, ...visits];
  const subjects = [...new Set(rows.map(({ subjectId }) => subjectId))];
  return { records: restored.length, shown, visits, subjects, rows };
}

/** Forgets the bodies that these batches brought: what came too late to be shown, and what a newer record replaced. */
export async function forgetBodies(db: Db, batches: readonly string[]): Promise<void> {
  await db.run(sql`
    delete from revisions
    where batch_id = any(${batches}::uuid[]) or (body -> 'row' ->> 'batch_id')::uuid = any(${batches}::uuid[])
  `);
}

/**
 * Forgets the keys that are left, and identities that nothing else ever showed, not even a body that another
 * withdrawal may put back. Answers how many records.
 */
export async function forgetBatches(db: Db, batches: readonly string[]): Promise<number> {
  const records = await db.run(sql`delete from ingest_keys where batch_id = any(${batches}::uuid[])`);
  await db.orm.rejection.updateMany({ where: { batchId: { in: [...batches] } }, data: { body: null } });
  await db.run(sql`
    with kept as materialized (
      select (r.body -> 'row' ->> 'subject_id')::uuid as id from revisions r where r.body ? 'row'
      union
      select (s ->> 'identity_id')::uuid
      from revisions r
      cross join lateral jsonb_path_query(r.body, '$.sightings[*]') s
      union
      select (s #>> '{}')::uuid
      from revisions r
      cross join lateral jsonb_path_query(r.body, '$.statement.named[*].id') s
    ),
    lost as (
      delete from identities i
      where i.batch_id = any(${batches}::uuid[])
        and not exists (select from kept k where k.id = i.id)
        and not exists (select from sightings s where s.identity_id = i.id or s.subject_id = i.id)
        and not exists (select from ingest_keys k where k.subject_id = i.id)
        and not exists (select from touchpoints t where t.subject_id = i.id)
        and not exists (select from interactions n where n.subject_id = i.id)
        and not exists (select from customer_records c where c.subject_id = i.id)
        and not exists (select from verdicts v where i.id = any(v.left_ids) or i.id = any(v.right_ids))
      returning i.id
    )
    delete from assignments a using lost l where a.subject_id = l.id
  `);
  return records;
}

export async function withdrawBatches(db: Db, batches: readonly string[], by: string): Promise<void> {
  await db.orm.batch.updateMany({
    where: { id: { in: [...batches] } },
    data: { withdrawnAt: new Date(), withdrawnBy: by },
  });
}
