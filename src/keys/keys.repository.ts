import type { Db } from "../db/client.ts";
import type { ApiKey } from "../db/generated/client.ts";
import { isId } from "../kit/page.ts";

/** An API key without its hash, which is all that is known of the key itself. */
export type StoredKey = Omit<ApiKey, "hash">;

const omit = { hash: true } as const;

/** Neither revoked nor expired. */
const usable = () => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] });

/** The usable key with this hash; null when it is unknown, revoked or expired. */
export async function findUsableKey(db: Db, hash: Uint8Array): Promise<StoredKey | null> {
  return db.orm.apiKey.findUnique({ where: { hash: new Uint8Array(hash), ...usable() }, omit });
}

export async function isUsableKey(db: Db, id: string): Promise<boolean> {
  return (await db.orm.apiKey.count({ where: { id, ...usable() } })) > 0;
}

export async function findKeys(db: Db): Promise<StoredKey[]> {
  return db.orm.apiKey.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], omit });
}

const MINUTE_MS = 60_000;

/** Stores when a key was last used, to the minute: a write for every request would cost more than the request. */
export async function touchKey(db: Db, id: string): Promise<void> {
  const now = Date.now();
  await db.orm.apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(now - MINUTE_MS) } }] },
    data: { lastUsedAt: new Date(now) },
  });
}

export type KeyRow = Omit<StoredKey, "createdAt" | "revokedAt" | "lastUsedAt"> & { hash: Uint8Array };

export async function insertKey(db: Db, key: KeyRow): Promise<StoredKey> {
  return db.orm.apiKey.create({ data: { ...key, hash: new Uint8Array(key.hash), createdAt: new Date() }, omit });
}

/** Revokes keys by id or name; answers those that it revoked. */
export async function revokeKeys(db: Db, idOrName: string): Promise<StoredKey[]> {
  const named = [{ name: idOrName }, ...(isId(idOrName) ? [{ id: idOrName }] : [])];
  return db.orm.apiKey.updateManyAndReturn({
    where: { revokedAt: null, OR: named },
    data: { revokedAt: new Date() },
    omit,
  });
}
