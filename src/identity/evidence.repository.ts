import type { Db } from "../db/client.ts";
import { IdentityKind } from "../db/generated/enums.ts";
import { LOCKS } from "../db/locks.ts";
import { flag, Id, instant, type RowOf, row, text, uuid, word } from "../db/row.ts";
import { sql } from "../db/sql.ts";
import type { CarriedIdentity } from "../facts/fact.ts";
import { GUESTS } from "../facts/guests.sql.ts";
import type { Identity } from "../facts/identity.ts";
import { newId } from "../kit/id.ts";
import type { Pair, Sighting, SightingKey } from "./evidence.ts";

/** Inserts the identities that are new, each with a customer id of its own; answers their ids. */
export async function insertIdentities(
  db: Db,
  carried: readonly CarriedIdentity[],
  batchId: string | null,
): Promise<Set<string>> {
  const unique = new Map<string, CarriedIdentity>();
  for (const identity of carried) if (identity.display || !unique.has(identity.id)) unique.set(identity.id, identity);
  const rows = [...unique.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return new Set();
  const [born] = await Promise.all([
    insertRows(db, rows, batchId),
    showIdentities(
      db,
      rows.filter(({ display }) => display !== null),
    ),
  ]);
  return new Set(born.map(({ id }) => id));
}

function insertRows(db: Db, rows: readonly CarriedIdentity[], batchId: string | null): Promise<RowOf<typeof Id>[]> {
  return db.hot("identities.insert").rows(
    Id,
    sql`
      insert into identities (id, namespace, value, display, kind, customer_id, born_at, batch_id)
      select n.id, n.namespace, n.value, n.display, n.kind, n.customer_id, statement_timestamp(), ${batchId}::uuid
      from unnest(
        ${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => row.namespace)}::text[],
        ${rows.map((row) => row.value)}::text[],
        ${rows.map((row) => row.display)}::text[],
        ${rows.map((row) => row.kind)}::identity_kind[],
        ${rows.map(() => newId())}::uuid[]
      ) as n (id, namespace, value, display, kind, customer_id)
      on conflict (id) do nothing
      returning id
    `,
  );
}

/**
 * Adds the readable form to identities of which only the digest was known. A separate statement, since the one above
 * would lock every row.
 */
async function showIdentities(db: Db, rows: readonly CarriedIdentity[]): Promise<void> {
  if (rows.length === 0) return;
  await db.run(sql`
    update identities i set display = n.display
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.display)}::text[]) as n (id, display)
    where i.id = n.id and i.display is null
  `);
}

export const StoredIdentity = row({
  id: uuid,
  namespace: text,
  value: text,
  kind: word(IdentityKind),
  customerId: uuid,
  bornAt: instant,
});

export async function findIdentities(db: Db, ids: readonly string[]): Promise<Identity[]> {
  if (ids.length === 0) return [];
  return db.hot("identities.find").rows(
    StoredIdentity,
    sql`
      select id, namespace, value, kind, customer_id as "customerId", born_at as "bornAt"
      from identities
      where id = any(${ids}::uuid[])
    `,
  );
}

export async function insertSightings(db: Db, sightings: readonly Sighting[], batchId: string | null): Promise<void> {
  if (sightings.length === 0) return;
  await db.hot("sightings.insert").run(sql`
    insert into sightings (identity_id, at, subject_id, record_id, source, batch_id)
    select s.identity_id, s.at, s.subject_id, s.record_id, s.source, ${batchId}::uuid
    from unnest(
      ${sightings.map((row) => row.identityId)}::uuid[],
      ${sightings.map((row) => row.at.toISOString())}::timestamptz[],
      ${sightings.map((row) => row.subjectId)}::uuid[],
      ${sightings.map((row) => row.recordId)}::uuid[],
      ${sightings.map((row) => row.source)}::text[]
    ) as s (identity_id, at, subject_id, record_id, source)
    on conflict do nothing
  `);
}

export const StoredPair = row({ subject: uuid, identity: uuid });
/** A pair that is no longer seen on a record, and whether its source could not join. */
export const LostPair = StoredPair.extend({ isGuest: flag });
export type LostPair = RowOf<typeof LostPair>;

/** Deletes sightings and answers their pairs. */
export async function deleteSightings(db: Db, keys: readonly SightingKey[]): Promise<LostPair[]> {
  if (keys.length === 0) return [];
  return db.rows(
    LostPair,
    sql`
      delete from sightings s
      using unnest(
        ${keys.map((key) => key.identityId)}::uuid[],
        ${keys.map((key) => key.at.toISOString())}::timestamptz[],
        ${keys.map((key) => key.subjectId)}::uuid[],
        ${keys.map((key) => key.recordId)}::uuid[]
      ) as k (identity_id, at, subject_id, record_id)
      where s.identity_id = k.identity_id and s.at = k.at and s.subject_id = k.subject_id and s.record_id = k.record_id
      returning s.subject_id as subject, s.identity_id as identity, s.source = any(${GUESTS}) as "isGuest"
    `,
  );
}

/** Deletes the sightings of replaced records and answers their pairs. */
export async function deleteSightingsOf(
  db: Db,
  records: readonly { id: string; subjectId: string; occurredAt: Date }[],
): Promise<LostPair[]> {
  if (records.length === 0) return [];
  return db.rows(
    LostPair,
    sql`
      delete from sightings s
      using unnest(
        ${records.map((record) => record.subjectId)}::uuid[],
        ${records.map((record) => record.id)}::uuid[],
        ${records.map((record) => record.occurredAt.toISOString())}::timestamptz[]
      ) as r (subject_id, record_id, at)
      where s.subject_id = r.subject_id and s.at = r.at and s.record_id = r.record_id
      returning s.subject_id as subject, s.identity_id as identity, s.source = any(${GUESTS}) as "isGuest"
    `,
  );
}

/** A pair on a record; `isGuest` where the source of every such record may not join. */
export interface ShownPair extends Pair {
  isGuest: boolean;
}

/** The pairs among these that were seen before: by a source that may join, where one shows them now. */
export async function findKnownPairs(db: Db, pairs: readonly ShownPair[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const rows = await db.hot("sightings.known").rows(
    StoredPair,
    sql`
      select p.subject, p.identity
      from unnest(
        ${pairs.map((pair) => pair.subject)}::uuid[],
        ${pairs.map((pair) => pair.identity)}::uuid[],
        ${pairs.map((pair) => pair.isGuest)}::boolean[]
      ) as p (subject, identity, is_guest)
      cross join lateral (
        select from sightings s
        where s.subject_id = p.subject and s.identity_id = p.identity and (p.is_guest or s.source <> all(${GUESTS}))
        limit 1
      ) s
    `,
  );
  return new Set(rows.map(pairKey));
}

export function pairKey({ subject, identity }: Pair): string {
  return subject + identity;
}

/** Takes the stitching lock until the transaction ends: only its holder may move rows between customers. */
export async function lockStitching(db: Db): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(${LOCKS.stitching}::bigint)`);
}

/**
 * Shares the stitching lock until the transaction ends: no customer is moved meanwhile. A transaction that moves
 * customers waits for it and therefore reads all its sightings; locks on rows could not tell it of a sighting that is
 * not committed yet.
 */
export async function shareStitching(db: Db): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock_shared(${LOCKS.stitching}::bigint)`);
}
