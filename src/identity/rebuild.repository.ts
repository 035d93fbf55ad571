import type { Db } from "../db/client.ts";
import { Count, Id, instant, row, text, uuid } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import { findRanges } from "./assignments.repository.ts";
import { saveConflicts } from "./conflicts.repository.ts";
import { StoredIdentity } from "./evidence.repository.ts";
import type { Conflict, Sighting } from "./evidence.ts";
import type { Range } from "./timeline.ts";

export async function findAllIdentities(db: Db): Promise<Identity[]> {
  return db.rows(
    StoredIdentity,
    sql`
      select id, namespace, value, kind, customer_id as "customerId", born_at as "bornAt"
      from identities
      where kind <> 'RECORD'
    `,
  );
}

const StoredSighting = row({ identityId: uuid, at: instant, subjectId: uuid, recordId: uuid, source: text });

/** All sightings. */
export async function findAllSightings(db: Db): Promise<Sighting[]> {
  return db.rows(
    StoredSighting,
    sql`
      select identity_id as "identityId", at, subject_id as "subjectId", record_id as "recordId", source from sightings
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
