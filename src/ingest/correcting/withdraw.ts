import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { moveRows } from "../../identity/assignments.repository.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { findOwners } from "../../identity/owners.ts";
import { restitch } from "../../identity/restitch.ts";
import { AppError } from "../../kit/errors.ts";
import { rematchAll } from "../matching/rematch.ts";
import { remeasureVisits } from "../storing/visits.repository.ts";
import {
  deleteEvidence,
  deleteFacts,
  forgetBatches,
  lockBatches,
  markWithdrawing,
  markWithdrawn,
  restoreEarlier,
} from "./withdraw.repository.ts";

export interface Withdrawn {
  batches: number;
  /** Records that are gone. */
  removed: number;
  /** Records that stand again as they did before. */
  restored: number;
}

/**
 * Undoes a bad import: what its batches brought goes, with its evidence, and what they replaced stands again. Everybody
 * belongs to whom they would if it had never been sent. Fields that a late revision added to a newer customer record
 * stay: nothing tells any more which they were.
 */
export async function withdrawBatch(
  db: Db,
  id: string,
  { by, rules }: { by: string; rules: Rules },
): Promise<Withdrawn> {
  return db.longTransaction(async (tx) => {
    await lockStitching(tx);
    const batches = await lockBatches(tx, id);
    if (batches.length === 0) {
      throw new AppError("NOT_FOUND", "No batch or import has this id, or it was withdrawn before: see table batches.");
    }
    await markWithdrawing(tx, batches);
    const removed = await deleteEvidence(tx, batches);
    const { visits } = await deleteFacts(tx, batches);
    const earlier = await restoreEarlier(tx, batches);
    const touched = [...removed, ...earlier.shown];
    await restitch(tx, { touched, added: earlier.shown, removed, verdict: null }, rules);
    await settleOwners(tx, earlier.subjects);
    await remeasureVisits(tx, [...visits, ...earlier.visits]);
    await rematchAll(tx);
    const gone = await forgetBatches(tx, batches);
    await markWithdrawn(tx, batches, by);
    return { batches: batches.length, removed: gone, restored: earlier.records };
  });
}

/** Rows come back as whoever's they were; meanwhile their subjects may have become somebody else's. */
async function settleOwners(tx: Db, subjects: readonly string[]): Promise<void> {
  const owners = await findOwners(tx, subjects);
  await moveRows(
    tx,
    subjects.map((subjectId) => ({ subjectId, ranges: owners.rangesOf(subjectId) })),
  );
}
