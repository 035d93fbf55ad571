import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";
import { join } from "node:path";
import { canonical } from "../../kit/canonical.ts";
import type { Counts } from "./erase.ts";

/** What was forgotten: when, by whom and why, how much of each, and keyed hashes that name nobody. */
interface Receipt {
  id: string;
  at: string;
  by: string;
  reason: string;
  counts: Counts;
  /** The ids of the identities, which are keyed hashes of them. */
  identities: readonly string[];
  /** SHA-256 of the keyed hashes of the records, in order. */
  recordsDigest: string;
}

export interface SignedReceipt extends Receipt {
  /** The key that verifies it: Ed25519, SPKI in base64. */
  publicKey: string;
  /** Ed25519 over the canonical JSON of all else, in base64. */
  signature: string;
}

/** PKCS #8 of an Ed25519 key, but for its 32 bytes. */
const ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const SEED_BYTES = 32;

/** The key that receipts are signed with, which follows from a secret that is not in the database. */
export function receiptKeyOf(secret: string | Uint8Array): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "customer360 receipts", SEED_BYTES));
  return createPrivateKey({ key: Buffer.concat([ED25519, seed]), format: "der", type: "pkcs8" });
}

/** What the key follows from where an embedded database has no secret. */
export const receiptKeyFileIn = (dataDir: string): string => join(dataDir, "receipt.key");

export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");

export function signed(receipt: Receipt, key: KeyObject): SignedReceipt {
  const said = { ...receipt, publicKey: publicKeyOf(key) };
  return { ...said, signature: sign(null, Buffer.from(canonical(said)), key).toString("base64") };
}

/** Whether the receipt says what was signed, by this key. */
export function isGenuine({ signature, ...said }: SignedReceipt, publicKey: string): boolean {
  if (said.publicKey !== publicKey) return false;
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  return verify(null, Buffer.from(canonical(said)), key, Buffer.from(signature, "base64"));
}
