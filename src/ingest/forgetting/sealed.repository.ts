import type { Db } from "../../db/client.ts";
import { pagesById } from "../../db/pages.ts";
import { bytes, type RowOf, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";

/** Rows that are opened at once. */
const PAGE = 500;

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
  pagesById(
    db,
    RefusedRow,
    (after) => sql`
      select id, kind, source, source_id as "sourceId", message, body
      from rejections where id > ${after}::uuid order by id limit ${PAGE}::int
    `,
  );

const SealedRow = row({ id: uuid, body: bytes });

export const readOriginals = (db: Db): AsyncGenerator<RowOf<typeof SealedRow>[]> =>
  pagesById(
    db,
    SealedRow,
    (after) => sql`select id, body from originals where id > ${after}::uuid order by id limit ${PAGE}::int`,
  );

export async function deleteRejections(db: Db, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : db.run(sql`delete from rejections where id = any(${[...ids]}::uuid[])`);
}

export async function deleteOriginalsById(db: Db, ids: readonly string[]): Promise<number> {
  return ids.length === 0 ? 0 : db.run(sql`delete from originals where id = any(${[...ids]}::uuid[])`);
}
