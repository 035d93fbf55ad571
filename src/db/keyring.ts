import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../kit/errors.ts";
import type { Db } from "./client.ts";

/** The secrets of one database: one turns identities into ids, the other encrypts rejected bodies. */
export interface Keyring {
  identityKey: Buffer;
  rejectionKey: Buffer;
}

const KEY_BYTES = 32;
const FINGERPRINT = "fingerprint";

/**
 * The keys of this database. Without a secret they are made at the first start and stored in it. With a secret they are
 * derived from it and only a fingerprint is stored, so that another secret is noticed before it makes other ids.
 */
export async function openKeyring(db: Db, secret: string | null): Promise<Keyring> {
  return secret === null ? storedKeyring(db) : derivedKeyring(db, secret);
}

async function storedKeyring(db: Db): Promise<Keyring> {
  if (await find(db, FINGERPRINT)) {
    throw new AppError(
      "UNAVAILABLE",
      "This database was started with C360_SECRET, and its customers cannot be found without it: set the same secret again.",
    );
  }
  return {
    identityKey: await keep(db, "identity", randomBytes(KEY_BYTES)),
    rejectionKey: await keep(db, "rejection", randomBytes(KEY_BYTES)),
  };
}

async function derivedKeyring(db: Db, secret: string): Promise<Keyring> {
  if (await find(db, "identity")) {
    throw new AppError(
      "UNAVAILABLE",
      "This database was started without C360_SECRET and has keys of its own: remove the setting, or start on an empty database.",
    );
  }
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "", `customer360 ${purpose}`, KEY_BYTES));
  const fingerprint = createHash("sha256").update(derive(FINGERPRINT)).digest();
  if (!(await keep(db, FINGERPRINT, fingerprint)).equals(fingerprint)) {
    throw new AppError(
      "UNAVAILABLE",
      "C360_SECRET is not the secret that this database was started with: set that one again. Another would make strangers of all customers.",
    );
  }
  return { identityKey: derive("identity"), rejectionKey: derive("rejection") };
}

async function find(db: Db, name: string): Promise<Buffer | null> {
  const found = await db.orm.keyring.findUnique({ where: { name } });
  return found && Buffer.from(found.key);
}

/** The first stored key counts, even among processes that start together. */
async function keep(db: Db, name: string, key: Buffer): Promise<Buffer> {
  await db.orm.keyring.createMany({
    data: { name, key: new Uint8Array(key), createdAt: new Date() },
    skipDuplicates: true,
  });
  return (await find(db, name))!;
}
