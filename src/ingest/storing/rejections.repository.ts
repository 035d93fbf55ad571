import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import { REJECTION_DAYS, type RejectionFilter } from "../../facts/rejection.ts";
import { newId } from "../../kit/id.ts";
import { seal } from "../../kit/seal.ts";
import type { IncomingRecord, Refusal } from "../receipt.ts";

export interface Rejected {
  record: IncomingRecord;
  refusal: Refusal;
  source: string;
  sourceId: string | null;
}

/** Keeps what could not be taken in: the reason in the clear, the body encrypted. Answers their ids, in order. */
export async function insertRejections(
  db: Db,
  rejected: readonly Rejected[],
  { batchId, key }: { batchId: string; key: Uint8Array },
): Promise<string[]> {
  if (rejected.length === 0) return [];
  const ids = rejected.map(() => newId());
  const sealed = rejected.map(({ record }) => seal(key, { kind: record.kind, body: record.body }));
  await db.query(sql`
    insert into rejections (id, source, source_id, kind, reason, stage, message, line, body, received_at, batch_id)
    select
      r.id, r.source, r.source_id, r.kind, r.reason, r.stage, r.message, r.line, decode(r.body, 'base64'),
      statement_timestamp(), ${batchId}::uuid
    from unnest(
      ${ids}::uuid[],
      ${rejected.map((row) => clean(row.source))}::text[],
      ${rejected.map((row) => (row.sourceId === null ? null : clean(row.sourceId)))}::text[],
      ${rejected.map((row) => row.record.kind)}::text[],
      ${rejected.map((row) => row.refusal.reason)}::text[],
      ${rejected.map((row) => row.record.rejected?.stage ?? "validate")}::text[],
      ${rejected.map((row) => clean(row.refusal.message))}::text[],
      ${rejected.map((row) => row.record.line ?? null)}::int[],
      ${sealed.map((body) => Buffer.from(body).toString("base64"))}::text[]
    ) as r (id, source, source_id, kind, reason, stage, message, line, body)
  `);
  return ids;
}

/** PostgreSQL stores no NUL. */
function clean(text: string): string {
  return text.replaceAll("\u0000", "");
}

export interface StoredRejection {
  id: string;
  body: Buffer;
  line: number | null;
}

/** Rejections that a replay may try again, oldest first. */
export async function findReplayable(
  db: Db,
  { source, reason, limit }: RejectionFilter & { limit: number },
): Promise<StoredRejection[]> {
  return db.query<StoredRejection>(sql`
    select id, body, line
    from rejections
    where accepted_at is null and body is not null
      and (${source}::text is null or source = ${source})
      and (${reason}::text is null or reason = ${reason})
    order by received_at, id
    limit ${limit}
  `);
}

export async function markAccepted(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(sql`
    update rejections set accepted_at = statement_timestamp(), body = null where id = any(${ids}::uuid[])
  `);
}

/** Drops bodies whose time is up; what they were rejected for stays. */
export async function expireBodies(db: Db, now: Date): Promise<void> {
  await db.query(sql`
    update rejections set body = null
    where body is not null and received_at < ${now}::timestamptz - make_interval(days => ${REJECTION_DAYS})
  `);
}

/** How many are still refused and can no longer be tried again, since their bodies are gone. */
export async function countExpired(db: Db, { source, reason }: RejectionFilter): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count
    from rejections
    where accepted_at is null and body is null
      and (${source}::text is null or source = ${source})
      and (${reason}::text is null or reason = ${reason})
  `);
  return row!.count;
}
