import type { Db } from "../../db/client.ts";
import { hasGuests, type Rules } from "../../facts/rules.ts";
import { moveRows } from "../../identity/assignments.repository.ts";
import { recordInteractions } from "../../identity/changes.repository.ts";
import { lockStitching } from "../../identity/evidence.repository.ts";
import { findSeenByGuests, findSubjectsSeenByGuests } from "../../identity/known.repository.ts";
import { findOwners } from "../../identity/owners.ts";
import { restitch } from "../../identity/restitch.ts";
import { AppError } from "../../kit/errors.ts";
import { keyBy } from "../../kit/group.ts";
import { findMonthsOf } from "../archiving/months.repository.ts";
import { rematchAll } from "../matching/rematch.ts";
import { findTiesOf } from "../storing/contacts.repository.ts";
import { loosen, nothingLoosened, tieContacts } from "../storing/contacts.ts";
import { findCut } from "../storing/cut-visits.repository.ts";
import { dissolveVisits, replaceTouchpoints, type VisitContext } from "../storing/place-visits.ts";
import { regrowVisits, remeasureVisits, type VisitRow } from "../storing/visits.repository.ts";
import { remergeCustomers } from "./remerge.ts";
import {
  deleteEvidence,
  deleteFacts,
  findBatches,
  forgetBatches,
  forgetBodies,
  ofBatches,
  recordWithdrawing,
  restoreEarlier,
  withdrawBatches,
} from "./withdraw.repository.ts";

export interface Withdrawn {
  batches: number;
  /** Records that were deleted. */
  removed: number;
  /** Records that say again what they would without it. */
  restored: number;
}

/**
 * Undoes a bad import: deletes what its batches brought, with its evidence, and restores what they replaced. Every
 * identity belongs to the customer it would have, and every customer record says what it would say, if the batches had
 * never been sent.
 */
export async function withdrawBatch(
  db: Db,
  id: string,
  { by, rules }: { by: string; rules: Rules },
): Promise<Withdrawn> {
  return db.longTransaction(async (tx) => {
    await lockStitching(tx);
    const batches = await findBatches(tx, id);
    if (batches.length === 0) {
      throw new AppError("NOT_FOUND", "No batch or import has this id, or it was withdrawn before: see table batches.");
    }
    await refuseArchived(tx, batches);
    const remerged = await remergeCustomers(tx, batches, rules);
    await recordWithdrawing(tx, ofBatches(batches));
    const loosened = nothingLoosened();
    loosen(loosened, await findTiesOf(tx, ofBatches(batches)));
    const seen = hasGuests(rules) ? await findSubjectsSeenByGuests(tx, batches) : [];
    const lost = await deleteEvidence(tx, ofBatches(batches));
    const { visits, legs } = await deleteFacts(tx, ofBatches(batches));
    await forgetBodies(tx, batches);
    const earlier = await restoreEarlier(tx, batches);
    await recordInteractions(tx, earlier.rows);
    await regrowVisits(tx, legs);
    const touched = [...lost, ...earlier.shown];
    const removed = lost.filter(({ isGuest }) => !isGuest);
    const named = [...seen, ...(hasGuests(rules) ? await findSeenByGuests(tx, earlier.subjects) : [])];
    await restitch(tx, { touched, added: earlier.shown, removed, verdict: null, named }, rules);
    await settleOwners(tx, earlier.subjects);
    const restored = earlier.rows.map(({ id }) => id);
    await cutAgain(tx, { visits, restored }, { batchId: null, rules, loosened });
    loosen(loosened, await remeasureVisits(tx, [...visits, ...earlier.visits]));
    await tieContacts(tx, { ...loosened, rows: [...loosened.rows, ...legs, ...visits, ...earlier.rows] });
    await rematchAll(tx);
    const gone = await forgetBatches(tx, batches);
    await withdrawBatches(tx, batches, by);
    return { batches: batches.length, removed: gone, restored: earlier.records + remerged };
  });
}

/** What is in the archive cannot be put back to what it was. */
async function refuseArchived(tx: Db, batches: readonly string[]): Promise<void> {
  const months = await findMonthsOf(tx, batches);
  if (months.length === 0) return;
  throw new AppError(
    "CONFLICT",
    `Touchpoints of it are in the archive: bring ${months.join(", ")} back first (\`c360 restore-month <folder> <month>\`).`,
  );
}

/** Cuts visits anew that lost touchpoints or get them back. What was restored may say that it is of a visit that is gone. */
async function cutAgain(
  tx: Db,
  { visits, restored }: { visits: readonly VisitRow[]; restored: readonly string[] },
  context: VisitContext,
): Promise<void> {
  const left = [...(await dissolveVisits(tx, visits, context)), ...(await findCut(tx, restored))];
  await replaceTouchpoints(tx, [...keyBy(left, ({ id }) => id).values()], context);
}

/** Restored rows carry the customer of their time; since then their subjects may have changed owner. */
async function settleOwners(tx: Db, subjects: readonly string[]): Promise<void> {
  const owners = await findOwners(tx, subjects);
  await moveRows(
    tx,
    subjects.map((subjectId) => ({ subjectId, ranges: owners.rangesOf(subjectId) })),
  );
}
