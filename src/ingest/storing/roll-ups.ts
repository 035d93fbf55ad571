import type { Db } from "../../db/client.ts";
import { findMistaken, freeze, lockRollUps, makeAnew, tryLockRollUps, unmark } from "./roll-ups.repository.ts";

/** The most customers of one transaction: a fraction of a second's work. */
const AT_ONCE = 1_000;

/**
 * Makes the roll-ups of whoever changed, for so long at most; answers of how many customers. Marks and events are read as
 * of one instant, so what a writer commits meanwhile leaves its own mark behind: nobody is locked out, and nothing
 * unmarked is ever wrong.
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
  const customers = await unmark(tx, AT_ONCE);
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
  await unmark(tx, Number.MAX_SAFE_INTEGER);
  return mistaken.filter(({ isBelieved }) => isBelieved).length;
}
