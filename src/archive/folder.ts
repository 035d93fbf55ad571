import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "../kit/errors.ts";
import { type ParquetSummary, replaceFile } from "../lake/parquet.ts";

// The folder of the archive: two files a month, and `archive.json`, which lists them.

/** A file of the archive, by its path in the folder. */
export interface ArchiveFile extends ParquetSummary {
  path: string;
}

/** The files of a month: its rows, and the names that these have. */
export interface MonthFiles {
  touchpoints: ArchiveFile;
  names: ArchiveFile;
}

interface Manifest {
  /** Counts up when the form of files changes. */
  version: typeof VERSION;
  months: Record<string, MonthFiles>;
}

const VERSION = 1;
const NAME = "archive.json";

/** The folder by its one name; made where it is not there and may be. */
export function openFolder(folder: string, makes: boolean): string {
  if (makes) mkdirSync(folder, { recursive: true });
  else if (!existsSync(folder)) throw new AppError("NOT_FOUND", `There is no folder ${folder}: name the archive's.`);
  return realpathSync(folder);
}

/** Where a file of a month is written that never was there: until the list names it, the one that it names stands. */
export function newPathOf(name: keyof MonthFiles, month: string, at: Date): string {
  return `${homeOf(name, month)}/rows-${at.getTime()}.parquet`;
}

const homeOf = (name: keyof MonthFiles, month: string): string => `${name}/month=${month}`;

/** Removes what lies beside the files of a month: those that they came in the place of, and what a run that was killed left. */
export function removeOthers(folder: string, month: string, { touchpoints, names }: MonthFiles): void {
  const listed = new Set([touchpoints.path, names.path].map((path) => basename(path)));
  for (const name of ["touchpoints", "names"] as const) {
    const home = join(folder, homeOf(name, month));
    for (const file of readdirSync(home)) if (!listed.has(file)) rmSync(join(home, file));
  }
}

export function readMonths(folder: string): Manifest["months"] {
  const path = join(folder, NAME);
  if (!existsSync(path)) return {};
  const read = parsed(readFileSync(path, "utf8"));
  if (read?.version !== VERSION) {
    throw new AppError("BAD_INPUT", `${path} is not the list of an archive of this version: name another folder.`);
  }
  return read.months;
}

function parsed(text: string): Manifest | null {
  try {
    return JSON.parse(text) as Manifest | null;
  } catch {
    return null;
  }
}

export function saveMonth(folder: string, month: string, files: MonthFiles): void {
  const months = Object.entries({ ...readMonths(folder), [month]: files }).sort(([a], [b]) => (a < b ? -1 : 1));
  const manifest: Manifest = { version: VERSION, months: Object.fromEntries(months) };
  replaceFile(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`);
}

export function makeHome(folder: string, path: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  return whole;
}

/** Fails where a file is not byte by byte what was written. */
export async function checkFile(folder: string, { path, sha256 }: ArchiveFile): Promise<string> {
  const whole = join(folder, path);
  if (!existsSync(whole)) throw new AppError("NOT_FOUND", `${whole} is gone: bring it back from where it is kept.`);
  const hash = createHash("sha256");
  await pipeline(createReadStream(whole), hash);
  if (hash.digest("hex") === sha256) return whole;
  throw new AppError(
    "BAD_INPUT",
    `${whole} is not as it was written: bring the whole file back from where it is kept.`,
  );
}
