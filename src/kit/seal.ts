import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { readJson, writeJson } from "./json.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A value encrypted under a 32-byte key: nonce, tag and ciphertext of its JSON. */
export function seal(key: Uint8Array, value: unknown): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const text = Buffer.concat([cipher.update(writeJson(value), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Decrypts a sealed value. Throws when the key is another or a byte was changed. */
export function open(key: Uint8Array, sealed: Uint8Array): unknown {
  if (sealed.length < NONCE_BYTES + TAG_BYTES)
    throw new Error("What was to be opened is too short to have been sealed.");
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return readJson(text.toString("utf8"));
}
