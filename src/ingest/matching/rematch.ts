import type { Db } from "../../db/client.ts";
import { type Brought, findCallsAfter, findDueCalls, findFreshCalls, matchCalls } from "./match.repository.ts";
import type { CallKey } from "./match.sql.ts";

const NOTHING: Brought = { customers: [], visitors: [], visits: [], pages: [], clicks: [] };

/** Matches what was loosened: calls whose customer changed. */
export async function matchLoose(tx: Db): Promise<void> {
  await matchCalls(tx, await findDueCalls(tx, NOTHING));
}

/** Seconds that a batch may take to commit after it read what others had committed. */
const COMMITS_WITHIN = 8;

/**
 * Looks at fresh calls once more, and at whatever was left loose; each time at all that came since the last time, however
 * long that took.
 */
export function openRematch(database: Db): () => Promise<void> {
  let lastAt = performance.now();
  return async () => {
    const startedAt = performance.now();
    const seconds = (startedAt - lastAt) / 1_000 + COMMITS_WITHIN;
    await database.transaction(matchLoose);
    await database.transaction(async (tx) => void (await matchCalls(tx, await findFreshCalls(tx, seconds))));
    lastAt = startedAt;
  };
}

/** Matches every call anew; answers how many read differently now: none, after an undisturbed life. */
export async function rematchAll(db: Db): Promise<number> {
  let changed = 0;
  let last: CallKey | null = null;
  for (;;) {
    const keys: CallKey[] = await findCallsAfter(db, last);
    if (keys.length === 0) return changed;
    changed += await matchCalls(db, keys);
    last = keys.at(-1)!;
  }
}

/** The same database for decisions about customers: a decision matches the calls that it loosens in its transaction. */
export function matchingAfter(database: Db): Db {
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (tx) => {
        const answer = await work(tx);
        await matchLoose(tx);
        return answer;
      }),
  };
}
