import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { jsonOf } from "../../db/orm.ts";
import { int, type RowOf, row, text, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { RECEIPT_STATUSES } from "../../facts/vocabulary.ts";
import { newId } from "../../kit/id.ts";

/** A file and a mapping, each with a fingerprint, so that a changed one is another import. */
export interface ImportKey {
  file: string;
  mapping: string;
}

/** How far an import is. */
export interface ImportState {
  id: string;
  line: number;
  counts: ImportCounts;
}

const importCounts = z.object({
  receipts: z.partialRecord(z.enum(RECEIPT_STATUSES), z.int()),
  skippedRows: z.int(),
});
type ImportCounts = z.output<typeof importCounts>;

/** The import of this file that was interrupted, unless some of what it took in was withdrawn since; else a new one. */
export async function openImport(db: Db, key: ImportKey): Promise<ImportState> {
  const open = await db.orm.import.findMany({ where: { ...key, finishedAt: null }, orderBy: { startedAt: "desc" } });
  const withdrawn = await db.orm.batch.findMany({
    where: { importId: { in: open.map(({ id }) => id) }, withdrawnAt: { not: null } },
    select: { importId: true },
    distinct: ["importId"],
  });
  const found = open.find(({ id }) => !withdrawn.some(({ importId }) => importId === id));
  if (found) return { id: found.id, line: found.line, counts: importCounts.parse(found.receipts) };
  const counts: ImportCounts = { receipts: {}, skippedRows: 0 };
  const { id, line } = await db.orm.import.create({
    data: { ...key, id: newId(), receipts: jsonOf(counts), startedAt: new Date() },
  });
  return { id, line, counts };
}

/** Remembers how far an import is; in the transaction of the batch that it speaks of. */
export async function saveImport(tx: Db, { id, line, counts }: ImportState): Promise<void> {
  await tx.run(sql`
    update imports
    set line = greatest(line, ${line}), receipts = ${JSON.stringify(counts)}::jsonb
    where id = ${id}::uuid
  `);
}

/** Marks an import as complete: the same file sent again starts from its beginning. */
export async function finishImport(db: Db, { id, line, counts }: ImportState): Promise<void> {
  await db.orm.import.update({ where: { id }, data: { line, receipts: jsonOf(counts), finishedAt: new Date() } });
}

const StoredReject = row({ id: uuid, line: int, reason: text, message: text, kind: text, sourceId: text.nullable() });
export type StoredReject = RowOf<typeof StoredReject>;

/** Rejections of an import in the order of its lines, a page at a time, whatever run of it they come from. */
export async function findRejects(
  db: Db,
  { importId, after, limit }: { importId: string; after: Pick<StoredReject, "line" | "id"> | null; limit: number },
): Promise<StoredReject[]> {
  return db.rows(
    StoredReject,
    sql`
      select r.id, r.line, r.reason, r.message, r.kind, r.source_id as "sourceId"
      from rejections r
      join batches b on b.id = r.batch_id
      where b.import_id = ${importId}::uuid and r.line is not null
        and (${after === null} or (r.line, r.id) > (${after?.line ?? 0}::int, ${after?.id ?? null}::uuid))
      order by r.line, r.id
      limit ${limit}
    `,
  );
}
