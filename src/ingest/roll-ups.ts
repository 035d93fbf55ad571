import type { Db } from "../db/client.ts";
import { countAllAnew, countAnew, freeze, lockRollUps, tryLockRollUps, unmark } from "./roll-ups.repository.ts";

/** Customers of one transaction: a fraction of a second's work. */
const AT_ONCE = 1_000;

/**
 * Makes the roll-ups of whoever changed; answers how many customers. Marks and events are read as of one instant, so
 * what a writer commits meanwhile leaves its own mark behind: nobody is locked out, and nothing unmarked is ever wrong.
 */
export async function settleRollUps(db: Db): Promise<number> {
  for (let settled = 0; ; ) {
    const some = await db.transaction(settleSome);
    settled += some;
    if (some < AT_ONCE) return settled;
  }
}

async function settleSome(tx: Db): Promise<number> {
  await freeze(tx);
  if (!(await tryLockRollUps(tx))) return 0;
  const customers = await unmark(tx, AT_ONCE);
  if (customers.length > 0) await countAnew(tx, customers);
  return customers.length;
}

/** Makes every roll-up anew; answers how many stood wrong unmarked: none, after an undisturbed life. Needs the stitching lock. */
export async function rollUpAll(tx: Db): Promise<number> {
  await lockRollUps(tx);
  return countAllAnew(tx);
}
