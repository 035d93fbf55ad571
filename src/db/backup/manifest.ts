import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../kit/errors.ts";

/** The rows of one table: a line of JSON each, compressed. */
export interface BackupFile {
  table: string;
  /** Its name in the folder. */
  path: string;
  rows: number;
  bytes: number;
  /** Of the file as it lies there: 64 hexadecimal digits. */
  sha256: string;
}

/** What a backup holds: `manifest.json`, which is written last. */
export interface BackupManifest {
  /** Counts up when the form of files changes. */
  format: typeof FORMAT;
  /** The instant that all tables show. */
  at: string;
  /** The migrations whose tables these are. */
  migrations: string[];
  files: BackupFile[];
}

export const FORMAT = 1;
export const MANIFEST = "manifest.json";

/** The manifest of a folder, once every file that it lists is there as it was written. */
export async function readBackup(folder: string): Promise<BackupManifest> {
  const manifest = manifestIn(folder);
  for (const { path, sha256 } of manifest.files) {
    if ((await hashOf(join(folder, path))) === sha256) continue;
    throw new AppError("BAD_INPUT", `${join(folder, path)} is not as it was written: restore another backup.`);
  }
  return manifest;
}

function manifestIn(folder: string): BackupManifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) {
    throw new AppError("BAD_INPUT", `${folder} is no backup, or one that was broken off: it has no ${MANIFEST}.`);
  }
  const manifest = parsed(readFileSync(path, "utf8"));
  if (manifest?.format === FORMAT && Array.isArray(manifest.files)) return manifest;
  throw new AppError("BAD_INPUT", `${path} is not the manifest of a backup that this version reads.`);
}

function parsed(text: string): BackupManifest | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function hashOf(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
