import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../kit/errors.ts";
import { type ParquetColumn, type ParquetSummary, replaceFile } from "./parquet.ts";

/** A file of the lake. */
export interface LakeFile extends ParquetSummary {
  /** Its path in the folder of the lake. */
  path: string;
  /** What the database said of its rows when it was written. */
  fingerprint: string;
}

/** What a lake holds: `manifest.json` in its folder. */
export interface Manifest {
  /** Counts up when the form of files changes, so that all are written again. */
  version: typeof VERSION;
  /** The instant that all files show; null while a run has not ended. */
  knownAt: string | null;
  tables: Record<string, ParquetColumn[]>;
  files: LakeFile[];
}

const VERSION = 1;
const NAME = "manifest.json";

export const EMPTY_MANIFEST: Manifest = { version: VERSION, knownAt: null, tables: {}, files: [] };

/** Where the rows of a month are, as Hive partitions them; `month` is empty where all rows are in one file. */
export const lakePathOf = (table: string, month: string): string =>
  month === "" ? `${table}/part-0.parquet` : `${table}/month=${month}/part-0.parquet`;

/** What earlier runs wrote; what has another form counts as nothing, and is written over. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, NAME);
  if (!existsSync(path)) return EMPTY_MANIFEST;
  const read = parsed(readFileSync(path, "utf8"));
  if (read === null) {
    throw new AppError("BAD_INPUT", `${path} is not the manifest of a lake: name another folder, or delete that file.`);
  }
  return read.version === VERSION ? read : EMPTY_MANIFEST;
}

function parsed(text: string): Manifest | null {
  try {
    const read = JSON.parse(text) as Manifest | null;
    return Array.isArray(read?.files) ? read : null;
  } catch {
    return null;
  }
}

/** Puts the manifest in the place of the earlier one, at once and on the disk. */
export const saveManifest = (folder: string, manifest: Manifest): void =>
  replaceFile(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`);

/** What the database says of a file's rows, and what columns they have. */
export const contentFingerprint = (columns: readonly ParquetColumn[], rows: string): string =>
  createHash("sha256")
    .update(JSON.stringify([columns.map(({ name, is }) => [name, is]), rows]))
    .digest("hex");
