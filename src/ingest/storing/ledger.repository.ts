import type { Db } from "../../db/client.ts";
import { Id, instant, type RowOf, row, text, uuid } from "../../db/row.ts";
import { join, type Sql, sql } from "../../db/sql.ts";
import type { Fact } from "../../facts/fact.ts";
import type { RecordKind } from "../../facts/record.ts";
import { recordChanges } from "../../identity/changes.repository.ts";
import { keyBy } from "../../kit/group.ts";
import { Tie } from "./contacts.repository.ts";

/** Where a record's row stands. */
export interface RowKey {
  id: string;
  subjectId: string;
  occurredAt: Date;
}

/** What the ledger knows of a record's key. */
const LedgerEntry = row({
  id: uuid,
  revision: instant.nullable(),
  bodyHash: text,
  subjectId: uuid,
  occurredAt: instant,
});
export type LedgerEntry = RowOf<typeof LedgerEntry>;

/**
 * Enters the keys that are new and answers those that were there, locked until the batch commits.
 * In the order of ids, so that two writers never wait for each other.
 */
export async function enterKeys(db: Db, facts: readonly Fact[], batchId: string): Promise<Map<string, LedgerEntry>> {
  const sorted = facts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const entered = await db.hot("ledger.enter").rows(
    Id,
    sql`
      insert into ingest_keys (id, revision, body_hash, kind, subject_id, occurred_at, batch_id)
      select k.id, k.revision, decode(k.hash, 'hex'), k.kind, k.subject_id, k.occurred_at, ${batchId}::uuid
      from unnest(
        ${sorted.map((fact) => fact.id)}::uuid[],
        ${sorted.map((fact) => fact.revision?.toISOString() ?? null)}::timestamptz[],
        ${sorted.map((fact) => fact.bodyHash)}::text[],
        ${sorted.map((fact) => fact.kind)}::text[],
        ${sorted.map((fact) => fact.subject.id)}::uuid[],
        ${sorted.map((fact) => fact.at.toISOString())}::timestamptz[]
      ) as k (id, revision, hash, kind, subject_id, occurred_at)
      on conflict (id) do nothing
      returning id
    `,
  );
  const isNew = new Set(entered.map((row) => row.id));
  const known = sorted.filter((fact) => !isNew.has(fact.id)).map((fact) => fact.id);
  return known.length === 0 ? new Map() : lockEntries(db, known);
}

async function lockEntries(db: Db, ids: readonly string[]): Promise<Map<string, LedgerEntry>> {
  return byId(await db.hot("ledger.lock").rows(LedgerEntry, sql`${entriesSql(ids)} order by id for update`));
}

/** What the ledger knows of these records, without locking anything. */
export async function findEntries(db: Db, ids: readonly string[]): Promise<Map<string, LedgerEntry>> {
  return ids.length === 0 ? new Map() : byId(await db.rows(LedgerEntry, entriesSql(ids)));
}

const entriesSql = (ids: readonly string[]): Sql => sql`
  select id, revision, encode(body_hash, 'hex') as "bodyHash", subject_id as "subjectId", occurred_at as "occurredAt"
  from ingest_keys
  where id = any(${ids}::uuid[])
`;

const byId = (entries: readonly LedgerEntry[]) => keyBy(entries, ({ id }) => id);

/** The ledger follows the newer revisions. */
export async function renewKeys(db: Db, facts: readonly Fact[], batchId: string): Promise<void> {
  if (facts.length === 0) return;
  await db.run(sql`
    update ingest_keys k
    set revision = n.revision, body_hash = decode(n.hash, 'hex'), subject_id = n.subject_id,
        occurred_at = n.occurred_at, batch_id = ${batchId}::uuid
    from unnest(
      ${facts.map((fact) => fact.id)}::uuid[],
      ${facts.map((fact) => fact.revision?.toISOString() ?? null)}::timestamptz[],
      ${facts.map((fact) => fact.bodyHash)}::text[],
      ${facts.map((fact) => fact.subject.id)}::uuid[],
      ${facts.map((fact) => fact.at.toISOString())}::timestamptz[]
    ) as n (id, revision, hash, subject_id, occurred_at)
    where k.id = n.id
  `);
}

/** The ledger follows customer records that an older statement gave another subject. */
export async function moveKeys(db: Db, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await db.run(sql`
    update ingest_keys k
    set subject_id = n.subject_id
    from unnest(${facts.map((fact) => fact.id)}::uuid[], ${facts.map((fact) => fact.subject.id)}::uuid[]) as n (id, subject_id)
    where k.id = n.id and k.subject_id <> n.subject_id
  `);
}

/** Keeps legs and touchpoints that are about to be replaced, row and sightings, as they stand: a withdrawal puts them back. */
export async function keepEarlierBodies(db: Db, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = join(
    (["interaction", "touchpoint"] as const).map(
      (kind) => sql`select to_jsonb(t) as row from ${TABLES[kind]} t where ${IS_ROW[kind]}`,
    ),
    " union all ",
  );
  await db.run(sql`
    insert into revisions (record_id, body_hash, revision, body, kept_at)
    select
      k.id, decode(k.hash, 'hex'), k.revision,
      jsonb_build_object(
        'row', r.row,
        'sightings', (
          select jsonb_agg(to_jsonb(s)) from sightings s
          where s.subject_id = k.subject_id and s.at = k.at and s.record_id = k.id
        ),
        'visit', (
          select case when i.is_visit then to_jsonb(i) else ${VISIT_BEHIND} end
          from interactions i
          where i.subject_id = k.subject_id and i.id = (r.row ->> 'interaction_id')::uuid
          and (i.session_id is not null or not i.is_visit)
        )
      ),
      clock_timestamp()
    from unnest(
      ${entries.map((entry) => entry.id)}::uuid[],
      ${entries.map((entry) => entry.subjectId)}::uuid[],
      ${entries.map((entry) => entry.bodyHash)}::text[],
      ${entries.map((entry) => entry.revision?.toISOString() ?? null)}::timestamptz[],
      ${entries.map((entry) => entry.occurredAt.toISOString())}::timestamptz[]
    ) as k (id, subject_id, hash, revision, at)
    cross join lateral (${rows}) r
    on conflict (record_id, body_hash) do nothing
  `);
}

/** The visit in whose place the leg `i` stands, to be measured when the leg has gone meanwhile. */
const VISIT_BEHIND = sql`
  jsonb_build_object(
    'subject_id', i.subject_id, 'id', i.id, 'source', i.source, 'source_id', i.source_id, 'session_id', i.source_id,
    'customer_id', i.customer_id, 'is_visit', true, 'channel_type', i.channel_type,
    'session_start_time', i.session_start_time
  )
`;

/** The statements of a customer record's identities as rows `i`; none of other records. */
export const statementsOf = (identities: Sql): Sql => sql`jsonb_each(${identities}) as i (id, statement)`;

/** When an identity of a customer record was stated: the time of its sighting. */
export const STATED_AT = sql`(i.statement ->> 0)::timestamptz`;

const KeptBody = row({ id: uuid, hash: text });

/** Which of these bodies were stored before, though a newer one is shown now; as record id and hash. */
export async function findKeptBodies(db: Db, facts: readonly Fact[]): Promise<Set<string>> {
  if (facts.length === 0) return new Set();
  const kept = await db.rows(
    KeptBody,
    sql`
      select r.record_id as id, encode(r.body_hash, 'hex') as hash
      from unnest(
        ${facts.map((fact) => fact.id)}::uuid[],
        ${facts.map((fact) => fact.bodyHash)}::text[]
      ) as k (id, hash)
      join revisions r on r.record_id = k.id and r.body_hash = decode(k.hash, 'hex')
    `,
  );
  return new Set(kept.map(bodyKey));
}

export function bodyKey({ id, hash }: { id: string; hash: string }): string {
  return id + hash;
}

/** Keeps a leg or touchpoint that arrived after a newer revision of itself; it is never shown. */
export async function keepStaleBodies(db: Db, facts: readonly Fact[], batchId: string): Promise<void> {
  if (facts.length === 0) return;
  await db.run(sql`
    insert into revisions (record_id, body_hash, revision, body, kept_at, batch_id)
    select s.id, decode(s.hash, 'hex'), s.revision, s.body, clock_timestamp(), ${batchId}::uuid
    from unnest(
      ${facts.map((fact) => fact.id)}::uuid[],
      ${facts.map((fact) => fact.bodyHash)}::text[],
      ${facts.map((fact) => fact.revision?.toISOString() ?? null)}::timestamptz[],
      ${facts.map((fact) => JSON.stringify(fact.body))}::jsonb[]
    ) as s (id, hash, revision, body)
    on conflict (record_id, body_hash) do nothing
  `);
}

/** Takes rows away that are about to be written anew, and answers what tied them; their bodies were kept before. */
export async function removeRows(db: Db, kind: RecordKind, keys: readonly RowKey[]): Promise<Tie[]> {
  if (keys.length === 0) return [];
  const rows = keysSql(keys);
  const owned = sql`
    select t.customer_id
    from ${rows}
    cross join lateral (select t.customer_id from ${TABLES[kind]} t where ${IS_ROW[kind]} offset 0) t
  `;
  const recorded = recordChanges(db.hot(`changes.${kind}.leaving`), owned);
  const removed = db.hot(`${kind}.remove`).rows(
    Tie,
    sql`
      delete from ${TABLES[kind]} t
      using ${rows}
      where ${IS_ROW[kind]}
      returning t.id, ${kind === "interaction" ? sql`coalesce(t.contact_keys, '{}')` : sql`'{}'::text[]`} as keys
    `,
  );
  const [, ties] = await Promise.all([recorded, removed]);
  return ties;
}

/** Keys as rows `k`. */
export function keysSql(keys: readonly RowKey[]): Sql {
  return sql`unnest(
    ${keys.map((key) => key.subjectId)}::uuid[],
    ${keys.map((key) => key.id)}::uuid[],
    ${keys.map((key) => key.occurredAt.toISOString())}::timestamptz[]
  ) as k (subject_id, id, at)`;
}

/** Whether `t` is the row of the key `k`. Touchpoints stand in time: without it, all of the subject's would be read. */
export const IS_ROW: Readonly<Record<RecordKind, Sql>> = {
  interaction: sql`t.subject_id = k.subject_id and t.id = k.id`,
  touchpoint: sql`t.subject_id = k.subject_id and t.occurred_at = k.at and t.id = k.id`,
  customer: sql`t.subject_id = k.subject_id and t.id = k.id`,
};

const TABLES = {
  interaction: sql`interactions`,
  touchpoint: sql`touchpoints`,
  customer: sql`customer_records`,
};
