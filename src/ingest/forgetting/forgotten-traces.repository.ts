import type { Db } from "../../db/client.ts";
import { int, json, type RowOf, row, text, uuid } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { VisitRow } from "../storing/visits.repository.ts";
import type { KeptBody } from "./kept-bodies.ts";
import type { Mentions } from "./mentions.ts";

// What records and identities leave beside the tables of evidence.

/** Who and what is forgotten, by id. */
export interface Forgotten {
  identities: readonly string[];
  records: readonly string[];
  customers: readonly string[];
  /** Visits of touchpoints in the archive that go, where they ended before an instant before which all of theirs go. */
  visits?: { of: readonly VisitRow[]; endedBefore: Date };
}

const OfKinds = row({ customerRecords: int, interactions: int, touchpoints: int });

/** How many of these records there are of each kind. */
export async function countRecords(db: Db, records: readonly string[]): Promise<RowOf<typeof OfKinds>> {
  const [counts] = await db.rows(
    OfKinds,
    sql`
      select
        count(*) filter (where kind = 'customer') as "customerRecords",
        count(*) filter (where kind = 'interaction') as interactions,
        count(*) filter (where kind = 'touchpoint') as touchpoints
      from ingest_keys
      where id = any(${[...records]}::uuid[])
    `,
  );
  return counts!;
}

/** Deletes the earlier bodies of these records; answers how many. */
export function deleteRevisions(db: Db, records: readonly string[]): Promise<number> {
  return db.run(sql`delete from revisions where record_id = any(${[...records]}::uuid[])`);
}

const Kept = row({ recordId: uuid, hash: text, body: json<KeptBody>() });

/** The earlier bodies that name one of these identities, and those that came too late, which name them by value. */
export function findBodiesNaming(db: Db, identities: readonly string[]) {
  const these = sql`any(${[...identities]}::text[])`;
  const named = (path: Sql) =>
    sql`exists (select from jsonb_path_query(r.body, ${path}) n where n #>> '{}' = ${these})`;
  return db.rows(
    Kept,
    sql`
      select r.record_id as "recordId", encode(r.body_hash, 'hex') as hash, r.body
      from revisions r
      where not r.body ?| array['row', 'statement']
      or r.body -> 'row' ->> 'subject_id' = ${these}
      or r.body -> 'visit' ->> 'subject_id' = ${these}
      or r.body -> 'statement' -> 'own' ->> 'id' = ${these}
      or ${named(sql`'$.sightings[*].identity_id'`)}
      or ${named(sql`'$.statement.named[*].id'`)}
      or ${named(sql`'$.statement.withdrawn[*].id'`)}
    `,
  );
}

interface BodyKey {
  recordId: string;
  hash: string;
}

export async function deleteBody(db: Db, { recordId, hash }: BodyKey): Promise<void> {
  await db.run(sql`delete from revisions where record_id = ${recordId}::uuid and body_hash = decode(${hash}, 'hex')`);
}

export async function replaceBody(db: Db, { recordId, hash }: BodyKey, body: object): Promise<void> {
  await db.run(sql`
    update revisions set body = ${JSON.stringify(body)}::jsonb
    where record_id = ${recordId}::uuid and body_hash = decode(${hash}, 'hex')
  `);
}

/** Deletes what rows of theirs said before, and what rows of others said of them. */
export async function deleteHistory(db: Db, { identities, records, customers }: Forgotten): Promise<number> {
  const gone = await db.run(sql`
    delete from history h
    where h.subject_id = any(${[...identities]}::uuid[])
    or h.id = any(${[...records]}::uuid[])
    or h.relation = 'sightings' and (h.body ->> 'identity_id')::uuid = any(${[...identities]}::uuid[])
    or h.relation = 'assignments' and (h.body ->> 'customer_id')::uuid = any(${[...customers]}::uuid[])
  `);
  await db.run(sql`
    update history set body = body || jsonb_build_object('identities', (body -> 'identities') - ${[...identities]}::text[])
    where relation = 'customer_records' and body -> 'identities' ?| ${[...identities]}::text[]
  `);
  return gone;
}

/** A visit that is made anew of what others share is as old as what came of it first. */
export async function backdateVisits(db: Db, subjects: readonly string[]): Promise<void> {
  await db.run(sql`
    update interactions i set ingested_at = f.at
    from (
      select t.subject_id, t.interaction_id as id, min(t.ingested_at) as at
      from touchpoints t
      where t.subject_id = any(${[...subjects]}::uuid[])
      group by t.subject_id, t.interaction_id
    ) f
    where i.subject_id = f.subject_id and i.id = f.id and i.is_visit and i.ingested_at >= now()
  `);
}

/** Deletes calls that rang for them, what screens were told of these, and answers to requests that name them. */
export async function deleteCalls(db: Db, { identities, records }: Forgotten): Promise<number> {
  return db.run(sql`
    with gone as (
      delete from calls where identity_ids && ${[...identities]}::uuid[] or id = any(${[...records]}::uuid[]) returning id
    ),
    pops as (delete from pops p using gone g where p.call_id = g.id returning p.id),
    told as (delete from outbox o using pops p where o.payload ->> 'popId' = p.id::text)
    select from gone
  `);
}

/** Deletes answers under an Idempotency-Key that name one of these ids. */
export function deleteAnswers(db: Db, ids: readonly string[]): Promise<number> {
  return db.run(sql`
    with named as materialized (select unnest(${[...ids]}::text[]) as id)
    delete from idempotency_keys k
    where exists (
      select
      from regexp_matches(k.key || k.answer::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') m
      join named n on n.id = m[1]
    )
  `);
}

const KeyRow = row({ key: text });

export async function deleteAnswersUnder(db: Db, isNamed: (key: string) => boolean): Promise<number> {
  const keys = await db.rows(KeyRow, sql`select key from idempotency_keys`);
  const named = keys.map(({ key }) => key).filter(isNamed);
  return db.run(sql`delete from idempotency_keys where key = any(${named}::text[])`);
}

export async function deleteKeys(db: Db, records: readonly string[]): Promise<void> {
  await db.run(sql`delete from ingest_keys where id = any(${[...records]}::uuid[])`);
}

/** Why a hold was set is somebody's words about the customer. The hold itself stays, on an id. */
export async function forgetReasons({ orm }: Db, customers: readonly string[], isNamed: Mentions): Promise<void> {
  const holds = await orm.legalHold.findMany({ select: { id: true, customerId: true, reason: true } });
  const about = holds.filter(({ customerId, reason }) => customers.includes(customerId ?? "") || isNamed(reason));
  const data = { reason: "Forgotten with the customer." };
  if (about.length > 0) await orm.legalHold.updateMany({ where: { id: { in: about.map(({ id }) => id) } }, data });
}
