import { createHash, randomBytes } from "node:crypto";
import { newId } from "../kit/id.ts";
import type { RequestContext, Role } from "../request.ts";
import { insertKey } from "./keys.repository.ts";

/** So that a key is recognised in a log or a repository for what it is. */
export const KEY_PREFIX = "c360_";

export interface KeyWish {
  name: string;
  role: Role;
  agentId?: string | null;
  expiresAt?: Date | null;
}

/** Makes a key of 256 random bits and stores its hash; the key itself is known to the caller alone. */
export async function createKey(db: RequestContext["db"], wish: KeyWish): Promise<string> {
  const key = `${KEY_PREFIX}${randomBytes(32).toString("base64url")}`;
  const { name, role, agentId = null, expiresAt = null } = wish;
  await insertKey(db, { id: newId(), name, hash: hashOf(key), role, agentId, expiresAt });
  return key;
}

/** A plain hash is enough for 256 random bits: there is nothing to guess from. */
export function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
