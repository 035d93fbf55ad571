import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";

/** What was answered under an Idempotency-Key, and to which body. */
export interface StoredAnswer {
  bodyHash: Buffer;
  answer: unknown;
}

export async function findAnswer(db: Db, key: string): Promise<StoredAnswer | null> {
  const [found] = await db.query<StoredAnswer>(sql`
    select body_hash as "bodyHash", answer
    from idempotency_keys
    where key = ${key}
  `);
  return found ?? null;
}

/** False when somebody stored an answer under the key first. */
export async function saveAnswer(db: Db, key: string, { bodyHash, answer }: StoredAnswer): Promise<boolean> {
  const saved = await db.query(sql`
    insert into idempotency_keys (key, body_hash, answer, created_at)
    values (${key}, ${bodyHash}, ${JSON.stringify(answer)}::jsonb, now())
    on conflict do nothing
    returning key
  `);
  return saved.length > 0;
}

/** Forgets answers older than a day; the records themselves stay idempotent for ever by their own keys. */
export async function deleteOldAnswers(db: Db, now: Date): Promise<void> {
  await db.query(sql`delete from idempotency_keys where created_at < ${now}::timestamptz - interval '1 day'`);
}
