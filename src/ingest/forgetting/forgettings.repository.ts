import type { Db } from "../../db/client.ts";
import { jsonOf } from "../../db/orm.ts";
import { pagesById } from "../../db/pages.ts";
import { Id, instant, json, list, row, uuid } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import type { LedgerLine } from "./ledger-lines.ts";
import type { SignedReceipt } from "./signed-receipt.ts";

/** Stores that somebody was forgotten, and the hashes by which they are known when they come again. */
export async function insertForgetting(
  db: Db,
  receipt: SignedReceipt,
  { hashes, heldSince }: { hashes: readonly string[]; heldSince: Date | null },
): Promise<void> {
  const { id, by, reason } = receipt;
  const at = new Date(receipt.at);
  await db.orm.forgetting.create({ data: { id, at, by, reason, receipt: jsonOf(receipt), heldSince } });
  await insertErasures(db, { id, at, hashes });
}

/** The ids of all forgettings. */
export async function findForgettings(db: Db): Promise<string[]> {
  return (await db.rows(Id, sql`select id from forgettings order by at, id`)).map(({ id }) => id);
}

const LineRow = row({ id: uuid, at: instant, receipt: json<SignedReceipt>(), hashes: list(uuid) });

/** A forgetting as the ledger outside the database has it. */
export async function readForgetting(db: Db, id: string): Promise<LedgerLine> {
  const [line] = await db.rows(
    LineRow,
    sql`
      select f.id, f.at, f.receipt, array(select e.id from erasures e where e.forgetting_id = f.id) as hashes
      from forgettings f
      where f.id = ${id}::uuid
    `,
  );
  return { ...line!, at: line!.at.toISOString() };
}

/** Records whose ids are read at once. */
const RECORDS = 10_000;

/** The ids of all records, page by page. */
export const readRecordIds = (db: Db): AsyncGenerator<{ id: string }[]> =>
  pagesById(
    db,
    Id,
    (after) => sql`select id from ingest_keys where id > ${after}::uuid order by id limit ${RECORDS}::int`,
  );

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
export function renewStatistics(db: Db): Promise<void> {
  return db.longTransaction(async (tx) => {
    await tx.run(sql`select set_config('statement_timeout', '0', true)`);
    await tx.run(sql`
      analyze identities, items, verdicts, customer_records, interactions, touchpoints, revisions, history, rejections,
        calls, idempotency_keys, assignments, sightings, conflicts, ingest_keys, tracking_leases, customer_changes,
        legal_holds
    `);
  });
}
