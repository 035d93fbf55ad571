import type { Db } from "../../db/client.ts";
import { jsonOf } from "../../db/orm.ts";
import { sql } from "../../db/sql.ts";
import type { SignedReceipt } from "./signed-receipt.ts";

/** Stores that somebody was forgotten, and the hashes by which they are known when they come again. */
export async function insertForgetting(db: Db, receipt: SignedReceipt, hashes: readonly string[]): Promise<void> {
  const { id, by, reason } = receipt;
  const at = new Date(receipt.at);
  await db.orm.forgetting.create({ data: { id, at, by, reason, receipt: jsonOf(receipt) } });
  await insertErasures(db, { id, at, hashes });
}

/** How many rows say who looked at these customers. */
export function countAuditRows(db: Db, customers: readonly string[]): Promise<number> {
  return db.orm.audit.count({ where: { customerId: { in: [...customers] } } });
}

async function insertErasures(
  db: Db,
  { id, at, hashes }: { id: string; at: Date; hashes: readonly string[] },
): Promise<void> {
  await db.run(sql`
    insert into erasures (id, erased_at, forgetting_id)
    select h.id, ${at}::timestamptz, ${id}::uuid from unnest(${[...hashes]}::uuid[]) as h (id)
    on conflict (id) do update set erased_at = excluded.erased_at, forgetting_id = excluded.forgetting_id
    where excluded.erased_at > erasures.erased_at
  `);
}

/** What PostgreSQL keeps of columns to plan by names values: it is made anew from the rows that are left. */
export async function renewStatistics(db: Db): Promise<void> {
  await db.run(sql`
    analyze identities, items, verdicts, customer_records, interactions, touchpoints, revisions, history, rejections,
      calls, idempotency_keys
  `);
}
