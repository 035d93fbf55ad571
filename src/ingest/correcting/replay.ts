import type { Db } from "../../db/client.ts";
import type { RejectionFilter } from "../../facts/rejection.ts";
import { open } from "../../kit/seal.ts";
import type { Ingest } from "../ingest.ts";
import type { IncomingRecord, Receipt } from "../receipt.ts";
import { countExpired, findReplayable, markAccepted } from "../storing/rejections.repository.ts";

export interface ReplayFilter extends RejectionFilter {
  /** The most rejections to replay, oldest first. */
  limit: number;
}

export interface Replayed {
  replayed: number;
  accepted: number;
  stillRejected: number;
  /** Rejections that can no longer be replayed: their bodies are stored for some days only. */
  expired: number;
}

/** Sends stored rejections to ingest again, as after a rule or a setting was mended. */
export async function replay(
  db: Db,
  ingest: Ingest,
  { filter, key }: { filter: ReplayFilter; key: Uint8Array },
): Promise<Replayed> {
  const kept = await findReplayable(db, filter);
  const records = kept.map(({ body, line }): IncomingRecord => {
    const record = open(key, body) as Pick<IncomingRecord, "kind" | "body">;
    return { ...record, line: line ?? undefined };
  });
  const receipts = await ingest.accept(records, {
    entryPoint: "replay",
    keepsRejections: false,
    alongside: (tx, answers) =>
      markAccepted(
        tx,
        kept.filter((_, position) => isIn(answers[position]!)).map(({ id }) => id),
      ),
  });
  const accepted = receipts.filter(isIn).length;
  const expired = await countExpired(db, filter);
  return { replayed: kept.length, accepted, stillRejected: kept.length - accepted, expired };
}

function isIn({ status }: Receipt): boolean {
  return status !== "REJECTED" && status !== "CONFLICT";
}
