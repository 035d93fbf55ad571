import type { Db } from "../../db/client.ts";
import { findMistaken, freeze, lockRollUps, makeAnew, takeChanges, tryLockRollUps } from "./roll-ups.repository.ts";

/** The most customers of one transaction: a fraction of a second's work. */
const AT_ONCE = 1_000;

/**
 * Makes the roll-ups of changed customers, for so long at most; answers of how many. Changes and events are read as of
 * one instant, so a batch that commits meanwhile leaves its own change behind: no writer waits, and the roll-ups of a
 * customer without a change are never wrong.
 */
export async function settleRollUps(db: Db, mostMs = Number.POSITIVE_INFINITY): Promise<number> {
  const end = performance.now() + mostMs;
  for (let settled = 0; ; ) {
    const some = await db.transaction(settleSome);
    settled += some;
    if (some < AT_ONCE || performance.now() > end) return settled;
  }
}

async function settleSome(tx: Db): Promise<number> {
  await freeze(tx);
  if (!(await tryLockRollUps(tx))) return 0;
  const customers = await takeChanges(tx, AT_ONCE);
  const light = customers.filter(({ isHeavy }) => !isHeavy).map(({ id }) => id);
  if (light.length > 0) await makeAnew(tx, light);
  return customers.length;
}

/**
 * Replaces every roll-up that differs from the events; answers of how many customers a report would have used a wrong
 * one: normally none. Needs the stitching lock.
 */
export async function rollUpAll(tx: Db): Promise<number> {
  await lockRollUps(tx);
  const mistaken = await findMistaken(tx);
  for (let start = 0; start < mistaken.length; start += AT_ONCE) {
    await makeAnew(
      tx,
      mistaken.slice(start, start + AT_ONCE).map(({ id }) => id),
    );
  }
  await takeChanges(tx, Number.MAX_SAFE_INTEGER);
  return mistaken.filter(({ isBelieved }) => isBelieved).length;
}
