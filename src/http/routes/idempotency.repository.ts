import type { Db } from "../../db/client.ts";
import { jsonOf } from "../../db/orm.ts";
import { DAY_MS } from "../../kit/time.ts";

/** The answer under an Idempotency-Key, and the hash of its body. */
export interface StoredAnswer {
  bodyHash: Uint8Array;
  answer: unknown;
}

export async function findAnswer(db: Db, key: string): Promise<StoredAnswer | null> {
  return db.orm.idempotencyKey.findUnique({ where: { key }, select: { bodyHash: true, answer: true } });
}

/** Stores an answer; false when another request stored one under the key first. */
export async function saveAnswer(db: Db, key: string, { bodyHash, answer }: StoredAnswer): Promise<boolean> {
  const { count } = await db.orm.idempotencyKey.createMany({
    data: { key, bodyHash: new Uint8Array(bodyHash), answer: jsonOf(answer), createdAt: new Date() },
    skipDuplicates: true,
  });
  return count > 0;
}

/** Deletes answers older than a day; records stay idempotent for ever by their own keys. */
export async function deleteOldAnswers(db: Db, now: Date): Promise<void> {
  await db.orm.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - DAY_MS) } } });
}
