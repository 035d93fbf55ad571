import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../kit/errors.ts";
import { newId } from "../kit/id.ts";
import type { RequestContext } from "../request.ts";
import { type BoundsWish, boundsOf } from "./bounds.ts";
import { insertKey, revokeKeys, type StoredKey } from "./keys.repository.ts";

/** Makes a key recognisable in a log or a repository. */
const KEY_PREFIX = "c360_";

export interface KeyWish extends BoundsWish {
  name: string;
  agentId?: string | null;
  expiresAt?: Date | null;
}

/** A key as it is shown once, to the person who made it: only its hash is stored. */
export interface NewKey extends StoredKey {
  secret: string;
}

/** Makes a key of 256 random bits and stores its hash; only the caller knows the key. */
export async function issueKey(db: RequestContext["db"], wish: KeyWish): Promise<NewKey> {
  const { role, expiresAt = null } = wish;
  const name = textOf("name", wish.name);
  const agentId = wish.agentId == null ? null : textOf("agentId", wish.agentId);
  const secret = `${KEY_PREFIX}${randomBytes(32).toString("base64url")}`;
  const bounds = boundsOf(wish);
  const stored = await insertKey(db, { id: newId(), name, hash: hashOf(secret), role, agentId, expiresAt, ...bounds });
  return { ...stored, secret };
}

/** Makes a key and answers only its secret. */
export async function createKey(db: RequestContext["db"], wish: KeyWish): Promise<string> {
  return (await issueKey(db, wish)).secret;
}

/** Revokes keys by id or name; running servers notice within seconds. */
export async function revokeKey(db: RequestContext["db"], idOrName: string): Promise<StoredKey[]> {
  const revoked = await revokeKeys(db, idOrName);
  if (revoked.length === 0)
    throw new AppError("NOT_FOUND", "No usable key has that name or id: list the keys.", ["id"]);
  return revoked;
}

/** A plain hash is enough for 256 random bits: nobody can guess them. */
export function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** Names appear in logs, verdicts and lists, so they are one short line. */
const MAX_NAME = 100;

function textOf(field: string, given: string): string {
  const text = given.trim();
  if (text.length > 0 && text.length <= MAX_NAME && !/\p{Cc}/u.test(text)) return text;
  throw new AppError("BAD_INPUT", `Send ${field} as one line of 1 to ${MAX_NAME} characters.`, [field]);
}
