import type { Db } from "../../db/client.ts";
import type { Rejection } from "../../db/generated/client.ts";
import { sql } from "../../db/sql.ts";
import { REJECTION_DAYS, type RejectionFilter, replayable, stillRefused } from "../../facts/rejection.ts";
import { newId } from "../../kit/id.ts";
import { seal } from "../../kit/seal.ts";
import { withoutNul } from "../../kit/text.ts";
import { DAY_MS } from "../../kit/time.ts";
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
  const entries = rejected.map(({ record, refusal, source, sourceId }) => ({
    source,
    sourceId,
    kind: record.kind,
    reason: refusal.reason,
    stage: record.rejected?.stage ?? "validate",
    message: refusal.message,
    line: record.line ?? null,
    body: seal(key, { kind: record.kind, body: record.body }),
  }));
  return insertEntries(db, entries, batchId);
}

/** A record that passed every check and was refused by what is stored: a conflict, or somebody who was erased. */
export type Refused = Omit<Entry, "stage" | "body">;

/** Keeps refused records among the rejections, without their bodies: sent again they would be refused again. */
export async function insertRefused(db: Db, refused: readonly Refused[], batchId: string): Promise<void> {
  await insertEntries(
    db,
    refused.map((row) => ({ ...row, stage: "store", body: null })),
    batchId,
  );
}

interface Entry extends Pick<Rejection, "source" | "sourceId" | "kind" | "reason" | "stage" | "message" | "line"> {
  body: Uint8Array | null;
}

async function insertEntries(db: Db, entries: readonly Entry[], batchId: string): Promise<string[]> {
  if (entries.length === 0) return [];
  const ids = entries.map(() => newId());
  // A file may be refused as a whole: Prisma's createMany takes ten times as long for a thousand.
  await db.run(sql`
    insert into rejections (id, source, source_id, kind, reason, stage, message, line, body, received_at, batch_id)
    select
      r.id, r.source, r.source_id, r.kind, r.reason, r.stage, r.message, r.line, decode(r.body, 'base64'),
      statement_timestamp(), ${batchId}::uuid
    from unnest(
      ${ids}::uuid[],
      ${entries.map(({ source }) => withoutNul(source))}::text[],
      ${entries.map(({ sourceId }) => sourceId && withoutNul(sourceId))}::text[],
      ${entries.map(({ kind }) => kind)}::text[],
      ${entries.map(({ reason }) => reason)}::text[],
      ${entries.map(({ stage }) => stage)}::text[],
      ${entries.map(({ message }) => withoutNul(message))}::text[],
      ${entries.map(({ line }) => line)}::int[],
      ${entries.map(({ body }) => body && Buffer.from(body).toString("base64"))}::text[]
    ) as r (id, source, source_id, kind, reason, stage, message, line, body)
  `);
  return ids;
}

export type StoredRejection = Pick<Rejection, "id" | "line"> & { body: Uint8Array };

/** Rejections that a replay may try again, oldest first. */
export async function findReplayable(
  db: Db,
  { limit, ...filter }: RejectionFilter & { limit: number },
): Promise<StoredRejection[]> {
  const found = await db.orm.rejection.findMany({
    where: replayable(filter),
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take: limit,
  });
  return found.map(({ id, body, line }) => ({ id, body: body!, line }));
}

export async function markAccepted(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.orm.rejection.updateMany({ where: { id: { in: [...ids] } }, data: { acceptedAt: new Date(), body: null } });
}

/** Drops bodies whose time is up; what they were rejected for stays. */
export async function expireBodies(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - REJECTION_DAYS * DAY_MS);
  await db.orm.rejection.updateMany({
    where: { body: { not: null }, receivedAt: { lt: before } },
    data: { body: null },
  });
}

/** How many are still refused and can no longer be tried again, since their bodies are gone. */
export async function countExpired(db: Db, filter: RejectionFilter): Promise<number> {
  return db.orm.rejection.count({ where: { ...stillRefused(filter), body: null } });
}
