import { gunzipSync, gzipSync } from "node:zlib";
import type { Database, Db } from "../../db/client.ts";
import { type Rules, settingsOf } from "../../facts/rules.ts";
import { newId } from "../../kit/id.ts";
import { open, seal } from "../../kit/seal.ts";
import { DAY_MS } from "../../kit/time.ts";
import { deleteOriginals, findOriginals, insertOriginal } from "./originals.repository.ts";

/** A message as its sender posted it. */
export interface Original {
  connector: string;
  /** The headers that say how to read it; none that prove who sent it. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

interface Keeping {
  database: Database;
  rejectionKey: Uint8Array;
  rules: () => Rules;
  now?: () => Date;
}

/** Keeps it encrypted, for as many days as the settings of the connector's source say; none is kept by default. */
export async function keepOriginal(keeping: Keeping, { connector, headers, body }: Original): Promise<void> {
  const { originalDays } = settingsOf(keeping.rules(), connector);
  if (originalDays === 0) return;
  const receivedAt = keeping.now?.() ?? new Date();
  const sealed = seal(keeping.rejectionKey, { headers, body: gzipSync(body).toString("base64") });
  const expiresAt = new Date(receivedAt.getTime() + originalDays * DAY_MS);
  await insertOriginal(keeping.database, { id: newId(), connector, receivedAt, expiresAt, body: sealed });
}

/** How many are opened at once. */
const PAGE = 100;

/** The messages of a connector that are kept, in the order in which they came. */
export async function* originalsOf(
  db: Db,
  { connector, key }: { connector: string; key: Uint8Array },
): AsyncGenerator<Original> {
  for (let after: string | null = null; ; ) {
    const page = await findOriginals(db, { connector, after, limit: PAGE });
    for (const { body: sealed } of page) {
      const { headers, body } = open(key, sealed) as { headers: Record<string, string>; body: string };
      yield { connector, headers, body: gunzipSync(Buffer.from(body, "base64")) };
    }
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

/** Deletes those whose days are over. */
export async function forgetOriginals(db: Db, now: Date): Promise<void> {
  await deleteOriginals(db, now);
}
