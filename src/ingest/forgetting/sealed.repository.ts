import type { Db } from "../../db/client.ts";
import { bytes, type Row, type RowOf, row, text, uuid } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";

/** Rows that are opened at once. */
const PAGE = 500;
/** Before every id. */
const FIRST = "00000000-0000-0000-0000-000000000000";

const RefusedRow = row({
  id: uuid,
  kind: text,
  source: text,
  sourceId: text.nullable(),
  message: text,
  body: bytes.nullable(),
});
export type RefusedRow = RowOf<typeof RefusedRow>;

export const readRejections = (db: Db): AsyncGenerator<RefusedRow[]> =>
  pages(
    db,
    RefusedRow,
    (after) => sql`
      select id, kind, source, source_id as "sourceId", message, body
      from rejections where id > ${after}::uuid order by id limit ${PAGE}::int
    `,
  );

const SealedRow = row({ id: uuid, body: bytes });

export const readOriginals = (db: Db): AsyncGenerator<RowOf<typeof SealedRow>[]> =>
  pages(
    db,
    SealedRow,
    (after) => sql`select id, body from originals where id > ${after}::uuid order by id limit ${PAGE}::int`,
  );

async function* pages<Found extends { id: string }>(
  db: Db,
  declared: Row<Found>,
  after: (id: string) => Sql,
): AsyncGenerator<Found[]> {
  for (let last = FIRST; ; ) {
    const page: Found[] = await db.rows(declared, after(last));
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)!.id;
  }
}

export async function deleteRejections(db: Db, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : db.run(sql`delete from rejections where id = any(${[...ids]}::uuid[])`);
}

export async function deleteOriginalsById(db: Db, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : db.run(sql`delete from originals where id = any(${[...ids]}::uuid[])`);
}
