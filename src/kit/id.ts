import { createHmac, hash, randomUUID } from "node:crypto";

/** A UUIDv7: random, and ordered by the time it was made, which keeps indexes compact. */
export function newId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, "0");
  // Node makes the random bits of these for many at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The id of a record, the same on every replay: 16 bytes of SHA-256 over its key, shaped as a UUIDv8. */
export function recordId(kind: string, source: string, sourceId: string): string {
  return uuidOf(hash("sha256", `${kind}\0${source}\0${sourceId}`), 8);
}

/** The id of an identity: a keyed hash of it, shaped as a UUIDv8, so that a value can be looked up but not guessed. */
export function identityId(key: Uint8Array, namespace: string, value: string): string {
  return uuidOf(createHmac("sha256", key).update(`${namespace}\0${value}`).digest("hex"), 8);
}

/** The first 32 digits, except the two that say the kind of UUID. */
function uuidOf(hex: string, version: number): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
