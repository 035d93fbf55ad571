import type { Db } from "./client.ts";

/** Thrown to end a rehearsal: it rolls the transaction back and is no fault. */
class Curtain extends Error {}

/** Runs `work` in a transaction and takes all of it back: the answer is what would have happened. */
export async function rehearse<Answer>(db: Db, work: (tx: Db) => Promise<Answer>): Promise<Answer> {
  let answer: { value: Answer } | undefined;
  try {
    await db.transaction(async (tx) => {
      answer = { value: await work(tx) };
      throw new Curtain();
    });
  } catch (error) {
    if (!(error instanceof Curtain)) throw error;
  }
  return answer!.value;
}
