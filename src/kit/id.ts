import { createHash, createHmac, randomBytes } from "node:crypto";

/** A UUIDv7: random, and ordered by the time it was made, which keeps indexes compact. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return uuidOf(bytes, 7);
}

/** The id of a record, the same on every replay: 16 bytes of SHA-256 over its key, shaped as a UUIDv8. */
export function recordId(kind: string, source: string, sourceId: string): string {
  return uuidOf(createHash("sha256").update(`${kind}\0${source}\0${sourceId}`).digest(), 8);
}

/** The id of an identity: a keyed hash of it, shaped as a UUIDv8, so that a value can be looked up but not guessed. */
export function identityId(key: Uint8Array, namespace: string, value: string): string {
  return uuidOf(createHmac("sha256", key).update(`${namespace}\0${value}`).digest(), 8);
}

function uuidOf(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
