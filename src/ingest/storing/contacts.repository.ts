import { createHash } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { flag, list, type RowOf, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { type Contact, MOST_OF_KEY } from "../../facts/contacts.ts";
import { recordInteractions } from "../../identity/changes.repository.ts";

/** A leg or visit with its keys, and the contact that it is stored with. */
const TiedRow = row({
  subjectId: uuid,
  id: uuid,
  source: text,
  keys: list(text),
  callId: text.nullable(),
  isCall: flag,
  contactId: uuid.nullable(),
  sharesCall: flag,
});
export type TiedRow = RowOf<typeof TiedRow>;

const TIED = sql`
  i.subject_id as "subjectId", i.id, i.source, coalesce(i.contact_keys, '{}') as keys, i.call_id as "callId",
  i.channel_type = 'VOICE' and not i.is_visit and i.is_consult is not true as "isCall",
  i.contact_id as "contactId", coalesce(i.shares_call, false) as "sharesCall"
`;

/** The class of the advisory locks of contacts, of which there are 256. */
const CONTACTS = 0x63333632;

/**
 * Waits until nobody else ties any of these keys, in one order. Two writers of one contact do not see each other's legs
 * before they commit. A lock is shared by many keys, since PostgreSQL has room for some thousands only.
 */
export async function lockKeys(db: Db, keys: readonly string[]): Promise<void> {
  const locks = new Set(keys.map((key) => createHash("sha256").update(key).digest()[0]!));
  await db.hot("contacts.lock").run(sql`
    select pg_advisory_xact_lock(${CONTACTS}::integer, l.number)
    from unnest(${[...locks].sort((a, b) => a - b)}::integer[]) as l (number)
  `);
}

/**
 * The rows with any of these keys: all of them, or one more than a key ties; and the other rows of the same id, which a
 * visit of several customers has.
 */
export async function findByKeys(db: Db, keys: readonly string[]): Promise<TiedRow[]> {
  return db.hot("contacts.by_key").rows(
    TiedRow,
    sql`
      select ${TIED}
      from (
        select distinct o.id
        from unnest(${keys}::text[]) as k (key)
        cross join lateral (
          select o.id from interactions o where o.contact_keys @> array[k.key] limit ${MOST_OF_KEY + 1}
        ) o
      ) o
      join interactions i on i.id = o.id
    `,
  );
}

/** The rows that are stored with any of these contacts. */
export async function findOfContacts(db: Db, contacts: readonly string[]): Promise<TiedRow[]> {
  if (contacts.length === 0) return [];
  return db
    .hot("contacts.of")
    .rows(TiedRow, sql`select ${TIED} from interactions i where i.contact_id = any(${contacts}::uuid[])`);
}

/** The rows of these ids. */
export async function findByIds(db: Db, ids: readonly string[]): Promise<TiedRow[]> {
  if (ids.length === 0) return [];
  return db
    .hot("contacts.by_id")
    .rows(TiedRow, sql`select ${TIED} from interactions i where i.id = any(${ids}::uuid[])`);
}

/** Rows of one page: some thousands are in memory then. */
const PAGE = 2_000;

/** A page of all rows that anything ties, or did, in order of id. */
export async function findTiedAfter(db: Db, last: TiedRow | null): Promise<TiedRow[]> {
  return db.rows(
    TiedRow,
    sql`
      select ${TIED}
      from interactions i
      where (i.contact_keys is not null or i.contact_id is not null)
        and (i.id, i.subject_id) > (${last?.id ?? NO_ID}::uuid, ${last?.subjectId ?? NO_ID}::uuid)
      order by i.id, i.subject_id
      limit ${PAGE}
    `,
  );
}

/** Before every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Stores what these rows are found to be. */
export async function saveContacts(
  db: Db,
  rows: readonly { subjectId: string; id: string; contact: Contact | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  const recorded = recordInteractions(db.hot("changes.contacts"), rows);
  const saved = db.hot("contacts.save").run(sql`
    update interactions i
    set contact_id = n.contact_id, shares_call = n.shares_call
    from unnest(
      ${rows.map((row) => row.subjectId)}::uuid[],
      ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.contact?.id ?? null)}::uuid[],
      ${rows.map((row) => row.contact?.sharesCalls ?? null)}::boolean[]
    ) as n (subject_id, id, contact_id, shares_call)
    where i.subject_id = n.subject_id and i.id = n.id
  `);
  await Promise.all([recorded, saved]);
}

/** What ties a row, and its contact. */
export const Tie = row({ contactId: uuid.nullable(), keys: list(text) });

/** What ties the records of these batches as they are stored now: legs, and the visits of touchpoints. */
export async function findTiesOfBatches(db: Db, batches: readonly string[]): Promise<RowOf<typeof Tie>[]> {
  return db.rows(
    Tie,
    sql`
      select i.contact_id as "contactId", coalesce(i.contact_keys, '{}') as keys
      from interactions i
      where (i.contact_id is not null or i.contact_keys is not null) and i.id in (
        select k.id from ingest_keys k where k.batch_id = any(${batches}::uuid[])
        union
        select t.interaction_id
        from ingest_keys k
        join touchpoints t on t.subject_id = k.subject_id and t.occurred_at = k.occurred_at and t.id = k.id
        where k.batch_id = any(${batches}::uuid[])
      )
    `,
  );
}
