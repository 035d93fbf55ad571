import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import type { LedgerEntry } from "../../ingest/storing/ledger.repository.ts";

/** The ledger's entries of these records, without locks. */
export async function findEntries(db: Db, ids: readonly string[]): Promise<Map<string, LedgerEntry>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<LedgerEntry>(sql`
    select id, revision, encode(body_hash, 'hex') as "bodyHash", subject_id as "subjectId", occurred_at as "occurredAt"
    from ingest_keys
    where id = any(${ids}::uuid[])
  `);
  return new Map(rows.map((row) => [row.id, row]));
}
