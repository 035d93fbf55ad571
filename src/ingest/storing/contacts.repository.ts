import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Db } from "../../db/client.ts";
import { LOCKS } from "../../db/locks.ts";
import { flag, list, type RowOf, row, text, uuid } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { Found, Keyed, Question, Standing } from "../../facts/contact-search.ts";
import { contactIn } from "../../facts/contacts.ts";
import { recordInteractions } from "../../identity/changes.repository.ts";

const TiedRow = row({
  subjectId: uuid,
  id: uuid,
  source: text,
  keys: list(text),
  callId: text.nullable(),
  isCall: flag,
  contactId: uuid.nullable(),
  sharesCall: flag,
  isCrowded: flag,
}) satisfies z.ZodType<Standing>;
export type TiedRow = RowOf<typeof TiedRow>;

const TIED = sql`
  i.subject_id as "subjectId", i.id, i.source, coalesce(i.contact_keys, '{}') as keys, i.call_id as "callId",
  i.channel_type = 'VOICE' and not i.is_visit and i.is_consult is not true as "isCall",
  i.contact_id as "contactId", coalesce(i.shares_call, false) as "sharesCall",
  coalesce(i.is_crowded, false) as "isCrowded"
`;

/**
 * Waits until nobody else ties any of these keys, in one order. Two writers of one contact do not see each other's legs
 * before they commit. A lock is shared by many keys, since PostgreSQL has room for some thousands only.
 */
export async function lockKeys(db: Db, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const locks = new Set(keys.map((key) => createHash("sha256").update(key).digest()[0]!));
  await db.hot("contacts.lock").run(sql`
    select pg_advisory_xact_lock(${LOCKS.contacts}::integer, l.number)
    from unnest(${[...locks].sort((a, b) => a - b)}::integer[]) as l (number)
  `);
}

const ConstantKey = row({ key: text });

/** Those of these keys whose contact is a constant of its sender's program. The stitching lock guards what is one. */
export async function findConstantKeys(db: Db, keys: readonly string[]): Promise<string[]> {
  const named = keys.flatMap((key) => {
    const value = contactIn(key);
    return value === null ? [] : [{ key, value }];
  });
  if (named.length === 0) return [];
  const rows = await db.hot("contacts.constant").rows(
    ConstantKey,
    sql`
      select k.key
      from unnest(${named.map(({ key }) => key)}::text[], ${named.map(({ value }) => value)}::text[]) as k (key, value)
      join identities i on i.value = k.value and i.namespace = 'contact' and i.is_public
    `,
  );
  return rows.map(({ key }) => key);
}

/**
 * The rows that a search asks for, and the other rows of their ids, which a visit of several customers has. Rows of a key are
 * numbered, since for the first of a limit PostgreSQL would rather read the table than the index.
 */
export async function findTied(db: Db, { keys, ids, most }: Question): Promise<TiedRow[]> {
  return db.hot("contacts.tied").rows(
    TiedRow,
    sql`
      with tied as materialized (
        select ${TIED}
        from unnest(${keys}::text[]) as k (key)
        cross join lateral (
          select *
          from (select i.*, row_number() over () as number from interactions i where i.contact_keys @> array[k.key]) i
          where i.number <= ${most}
        ) i
      )
      select * from tied
      union
      select i.*
      from (select id from tied union select unnest(${ids}::uuid[])) o
      cross join lateral (select ${TIED} from interactions i where i.id = o.id limit ${most}) i
    `,
  );
}

const KeyedRow = row({ subjectId: uuid, id: uuid, keys: list(text) });

/** The keys of rows. */
export async function findKeyed(db: Db, rows: readonly { subjectId: string; id: string }[]): Promise<Keyed[]> {
  if (rows.length === 0) return [];
  return db.rows(
    KeyedRow,
    sql`
      select distinct i.subject_id as "subjectId", i.id, coalesce(i.contact_keys, '{}') as keys
      from unnest(${rows.map((one) => one.subjectId)}::uuid[], ${rows.map((one) => one.id)}::uuid[]) as r (subject_id, id)
      join interactions i on i.subject_id = r.subject_id and i.id = r.id
    `,
  );
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
      where (i.contact_keys is not null or i.contact_id is not null or i.is_crowded)
        and (i.id, i.subject_id) > (${last?.id ?? NO_ID}::uuid, ${last?.subjectId ?? NO_ID}::uuid)
      order by i.id, i.subject_id
      limit ${PAGE}
    `,
  );
}

/** Before every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Stores what these rows are found to be. */
export async function saveContacts(db: Db, found: readonly Found<TiedRow>[]): Promise<void> {
  if (found.length === 0) return;
  const recorded = recordInteractions(
    db.hot("changes.contacts"),
    found.map(({ row }) => row),
  );
  const saved = db.hot("contacts.save").run(sql`
    update interactions i
    set contact_id = n.contact_id, shares_call = n.shares_call, is_crowded = n.is_crowded
    from unnest(
      ${found.map(({ row }) => row.subjectId)}::uuid[],
      ${found.map(({ row }) => row.id)}::uuid[],
      ${found.map(({ contact }) => contact?.id ?? null)}::uuid[],
      ${found.map(({ contact }) => contact?.sharesCalls ?? null)}::boolean[],
      ${found.map(({ isCrowded }) => isCrowded || null)}::boolean[]
    ) as n (subject_id, id, contact_id, shares_call, is_crowded)
    where i.subject_id = n.subject_id and i.id = n.id
  `);
  await Promise.all([recorded, saved]);
}

/** A row, and what ties it. */
export const Tie = row({ id: uuid, keys: list(text) });
export type Tie = RowOf<typeof Tie>;

/** What ties these records, a condition on the ledger's rows `k`, as they are stored now: legs, and the visits of touchpoints. */
export async function findTiesOf(db: Db, of: Sql): Promise<Tie[]> {
  return db.rows(
    Tie,
    sql`
      select i.id, coalesce(i.contact_keys, '{}') as keys
      from interactions i
      where (i.contact_id is not null or i.contact_keys is not null) and i.id in (
        select k.id from ingest_keys k where ${of}
        union
        select t.interaction_id
        from ingest_keys k
        join touchpoints t on t.subject_id = k.subject_id and t.occurred_at = k.occurred_at and t.id = k.id
        where ${of}
      )
    `,
  );
}
