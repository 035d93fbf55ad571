import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { ReceiptCounts } from "../../ingest/receipt.ts";
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

export interface ImportCounts {
  receipts: ReceiptCounts;
  skippedRows: number;
}

/** The import of this file that was interrupted, unless some of what it took in was withdrawn since; else a new one. */
export async function openImport(db: Db, { file, mapping }: ImportKey): Promise<ImportState> {
  const [found] = await db.query<ImportState>(sql`
    select i.id, i.line, i.receipts as counts
    from imports i
    where i.file = ${file} and i.mapping = ${mapping} and i.finished_at is null
      and not exists (select from batches b where b.import_id = i.id and b.withdrawn_at is not null)
    order by i.started_at desc
    limit 1
  `);
  if (found) return found;
  const counts: ImportCounts = { receipts: {}, skippedRows: 0 };
  const state: ImportState = { id: newId(), line: 0, counts };
  await db.query(sql`
    insert into imports (id, file, mapping, line, receipts, started_at)
    values (${state.id}::uuid, ${file}, ${mapping}, 0, ${JSON.stringify(counts)}::jsonb, now())
  `);
  return state;
}

/** Remembers how far an import is; in the transaction of the batch that it speaks of. */
export async function saveImport(tx: Db, { id, line, counts }: ImportState): Promise<void> {
  await tx.query(sql`
    update imports
    set line = greatest(line, ${line}), receipts = ${JSON.stringify(counts)}::jsonb
    where id = ${id}::uuid
  `);
}

/** Marks an import as complete: the same file sent again starts from its beginning. */
export async function finishImport(db: Db, state: ImportState): Promise<void> {
  await saveImport(db, state);
  await db.query(sql`update imports set finished_at = now() where id = ${state.id}::uuid`);
}

/** A record that passed every check and was refused by what is stored: a conflict, or somebody who was erased. */
export interface Refused {
  line: number | null;
  kind: string;
  source: string;
  sourceId: string | null;
  reason: string;
  message: string;
}

/** Keeps refused records among the rejections, without their bodies: sent again they would be refused again. */
export async function keepRefused(tx: Db, refused: readonly Refused[], batchId: string): Promise<void> {
  if (refused.length === 0) return;
  const rows = refused.map((row) => ({
    id: newId(),
    source: row.source,
    source_id: row.sourceId,
    kind: row.kind,
    reason: row.reason,
    stage: "store",
    message: row.message,
    line: row.line,
    batch_id: batchId,
  }));
  await tx.query(sql`
    insert into rejections (id, source, source_id, kind, reason, stage, message, line, received_at, batch_id)
    select r.id, r.source, r.source_id, r.kind, r.reason, r.stage, r.message, r.line, statement_timestamp(), r.batch_id
    from jsonb_populate_recordset(null::rejections, ${JSON.stringify(rows)}::jsonb) r
  `);
}

export interface StoredReject {
  id: string;
  line: number;
  reason: string;
  message: string;
  kind: string;
  sourceId: string | null;
}

/** Rejections of an import in the order of its lines, a page at a time, whatever run of it they come from. */
export async function findRejects(
  db: Db,
  { importId, after, limit }: { importId: string; after: Pick<StoredReject, "line" | "id"> | null; limit: number },
): Promise<StoredReject[]> {
  return db.query<StoredReject>(sql`
    select r.id, r.line, r.reason, r.message, r.kind, r.source_id as "sourceId"
    from rejections r
    join batches b on b.id = r.batch_id
    where b.import_id = ${importId}::uuid and r.line is not null
      and (${after === null} or (r.line, r.id) > (${after?.line ?? 0}::int, ${after?.id ?? null}::uuid))
    order by r.line, r.id
    limit ${limit}
  `);
}
