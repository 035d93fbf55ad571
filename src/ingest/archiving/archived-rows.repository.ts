import type { Db } from "../../db/client.ts";
import { Id, row, text } from "../../db/row.ts";
import { declaredSql, sql } from "../../db/sql.ts";
import { recordChanges } from "../../identity/changes.repository.ts";
import type { Item } from "../storing/items.ts";
import { keysSql, type RowKey } from "../storing/ledger.repository.ts";

// Rows of touchpoints that are in the archive, or on their way into it or out of it.

const Column = row({ name: text, type: text });
/** A column of touchpoints, as PostgreSQL calls it and its type. */
export interface ArchivedColumn {
  name: string;
  type: string;
}

/** Whose a row is follows from its subject, and is not archived. */
const DERIVED = "customer_id";

/** The columns that an archived row has. */
export const findArchivedColumns = (db: Pick<Db, "rows">): Promise<ArchivedColumn[]> =>
  db.rows(
    Column,
    sql`
      select a.attname as name, t.typname as type
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      where a.attrelid = 'touchpoints'::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> ${DERIVED}
      order by a.attnum
    `,
  );

const IS_ENTERED = sql`e.id = k.id and e.subject_id = k.subject_id and e.occurred_at = k.at`;

/**
 * Those of these rows that are of a record still, and in no table: forgetting, retention and withdrawals take the key of
 * what they take, and what was brought back stands.
 */
export async function findOnlyArchived(db: Db, keys: readonly RowKey[]): Promise<Set<string>> {
  const found = await db.rows(
    Id,
    sql`
      select k.id
      from ${keysSql(keys)}
      join ingest_keys e on ${IS_ENTERED}
      where not exists (
        select from touchpoints t where t.subject_id = k.subject_id and t.occurred_at = k.at and t.id = k.id
      )
    `,
  );
  return new Set(found.map(({ id }) => id));
}

/** Takes rows out of the table that the archive has, and records whose they were; answers how many there were. */
export function removeArchived(tx: Db, keys: readonly RowKey[]): Promise<number> {
  return recordChanges(
    tx,
    sql`
      delete from touchpoints t
      using ${keysSql(keys)}
      where t.subject_id = k.subject_id and t.occurred_at = k.at and t.id = k.id
      returning t.customer_id
    `,
  );
}

/** Puts rows back, each a line of JSON that has these columns. */
export async function insertArchived(tx: Db, columns: readonly string[], lines: readonly string[]): Promise<void> {
  const names = declaredSql(columns.map((name) => `"${name}"`).join(", "));
  await tx.run(sql`
    insert into touchpoints (${names})
    select ${names} from jsonb_populate_recordset(null::touchpoints, ${`[${lines.join(",")}]`}::jsonb)
    on conflict do nothing
  `);
}

const Name = row({ id: text, kind: text, name: text, section: text });

/** Names of the dictionary. */
export const findNames = (db: Db, ids: readonly string[]): Promise<Item[]> =>
  db.rows(
    Name,
    sql`select i.id::text as id, i.kind, i.name, i.section from items i where i.id = any(${[...ids]}::bigint[])`,
  );

/** Those of these rows around which the visit stands still that they were of, where pauses bound it. */
export async function findStanding(
  tx: Db,
  rows: readonly (RowKey & { interactionId: string })[],
): Promise<Set<string>> {
  const found = await tx.rows(
    Id,
    sql`
      select r.id
      from unnest(
        ${rows.map(({ id }) => id)}::uuid[],
        ${rows.map(({ subjectId }) => subjectId)}::uuid[],
        ${rows.map(({ interactionId }) => interactionId)}::uuid[],
        ${rows.map(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[]
      ) as r (id, subject_id, visit_id, at)
      join interactions i on i.subject_id = r.subject_id and i.id = r.visit_id
      where i.is_visit and i.session_id is null and r.at >= i.session_start_time and r.at <= i.session_end_time
    `,
  );
  return new Set(found.map(({ id }) => id));
}
