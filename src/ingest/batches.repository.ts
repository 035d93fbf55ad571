import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { ReceiptCounts } from "./receipt.ts";

export interface BatchRow {
  id: string;
  door: string;
  /** The source of its records; null when they came from several. */
  source: string | null;
  importId: string | null;
  receipts: ReceiptCounts;
}

/** Enters a batch in the book: which door, how many of each receipt. */
export async function insertBatch(db: Db, { id, door, source, importId, receipts }: BatchRow): Promise<void> {
  await db.query(sql`
    insert into batches (id, door, source, import_id, at, receipts)
    values (
      ${id}::uuid, ${door}, ${source ?? "several"}, ${importId}::uuid, statement_timestamp(),
      ${JSON.stringify(receipts)}::jsonb
    )
    on conflict (id) do nothing
  `);
}

/** Whether anything was ever taken in. */
export async function hasBatches(db: Db): Promise<boolean> {
  const rows = await db.query(sql`select from batches limit 1`);
  return rows.length > 0;
}
