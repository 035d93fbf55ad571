import type { Db } from "./client.ts";

/** Thrown to end a dry run: it rolls the transaction back and is no error. */
class DryRunIsOver extends Error {}

/** Runs `work` in a transaction and takes all of it back: the answer is what would have happened. */
export async function dryRun<Answer>(db: Db, work: (tx: Db) => Promise<Answer>): Promise<Answer> {
  let answer: { value: Answer } | undefined;
  try {
    await db.transaction(async (tx) => {
      answer = { value: await work(tx) };
      throw new DryRunIsOver();
    });
  } catch (error) {
    if (!(error instanceof DryRunIsOver)) throw error;
  }
  return answer!.value;
}
