import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { ReceiptStatus } from "../../facts/vocabulary.ts";
import type { ReceiptCounts } from "../receipt.ts";

export interface BatchRow {
  id: string;
  entryPoint: string;
  importId: string | null;
  /** How many of each receipt, for each source. */
  receipts: ReadonlyMap<string, ReceiptCounts>;
}

/** Inserts a batch: its entry point, and how many of each receipt for each source. */
export async function insertBatch(db: Db, { id, entryPoint, importId, receipts }: BatchRow): Promise<void> {
  const [source, ...others] = receipts.keys();
  const isMixed = others.length > 0;
  const bySource = isMixed ? JSON.stringify(Object.fromEntries(receipts)) : null;
  await db.hot("batches.insert").run(
    sql`
      insert into batches (id, entry_point, source, import_id, at, receipts, by_source)
      values (
        ${id}::uuid, ${entryPoint}, ${isMixed ? "several" : (source ?? "none")}, ${importId}::uuid, statement_timestamp(),
        ${JSON.stringify(sumOf([...receipts.values()]))}::jsonb, ${bySource}::jsonb
      )
      on conflict (id) do nothing
    `,
  );
}

function sumOf(parts: readonly ReceiptCounts[]): ReceiptCounts {
  const sum: ReceiptCounts = {};
  for (const part of parts) {
    for (const [status, count] of Object.entries(part) as [ReceiptStatus, number][]) {
      sum[status] = (sum[status] ?? 0) + count;
    }
  }
  return sum;
}

/** Whether any batch was ever stored. */
export async function hasBatches(db: Db): Promise<boolean> {
  return (await db.orm.batch.count({ take: 1 })) > 0;
}
