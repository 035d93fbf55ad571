import { mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Database } from "../db/client.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { AppError } from "../kit/errors.ts";
import type { LakeTerms } from "./fields.sql.ts";
import { isFileWhole, removeFile, removeUnfinished, removeUnlisted } from "./folder.ts";
import {
  contentFingerprint,
  EMPTY_MANIFEST,
  type LakeFile,
  lakePathOf,
  type Manifest,
  readManifest,
  saveManifest,
} from "./manifest.ts";
import { openParquet, type ParquetFile } from "./parquet.ts";
import { copyMonths, findContents, lockFolder } from "./rows.repository.ts";
import type { LakeTable } from "./table.ts";
import { tablesOfLake } from "./tables.sql.ts";

/** What a run did: files, and the rows and bytes of those that it wrote. */
export interface LakeRun {
  written: number;
  unchanged: number;
  removed: number;
  rows: number;
  bytes: number;
}

/** A folder while a run writes into it. */
interface Lake {
  folder: string;
  manifest: Manifest;
  run: LakeRun;
}

/**
 * Brings the folder to what the database holds at this instant. A file whose rows are as they were stays; each that is
 * written is in the manifest at once, so that a run after one that was killed writes what is missing.
 */
export async function writeLake(database: Database, folder: string, terms: LakeTerms): Promise<LakeRun> {
  mkdirSync(folder, { recursive: true });
  const home = realpathSync(folder);
  return database.atOneInstant(async (snapshot) => {
    const { isOurs, at } = await lockFolder(snapshot, home);
    if (!isOurs) throw new AppError("CONFLICT", `Another run writes into ${home}: wait until it has ended.`);
    removeUnfinished(home);
    const run: LakeRun = { written: 0, unchanged: 0, removed: 0, rows: 0, bytes: 0 };
    const lake: Lake = { folder: home, manifest: readManifest(home), run };
    const tables = tablesOfLake(terms);
    for (const table of tables) await writeTable(snapshot, lake, table);
    change(lake, {
      ...EMPTY_MANIFEST,
      files: lake.manifest.files,
      knownAt: at.toISOString(),
      tables: columnsOf(tables),
    });
    removeUnlisted(home, lake.manifest.files);
    return run;
  });
}

const columnsOf = (tables: readonly LakeTable[]): Manifest["tables"] =>
  Object.fromEntries(tables.map(({ name, columns }) => [name, columns.map(({ name, is }) => ({ name, is }))]));

async function writeTable(snapshot: Snapshot, lake: Lake, table: LakeTable): Promise<void> {
  const contents = await findContents(snapshot, table);
  const wanted = new Map(
    contents.map(({ month, rows, fingerprint }) => [
      month,
      contentFingerprint(table.columns, `${rows} ${fingerprint}`),
    ]),
  );
  const kept = new Set(
    lake.manifest.files
      .filter((file) => isFileWhole(lake.folder, file))
      .map(({ path, fingerprint }) => `${path} ${fingerprint}`),
  );
  const months = [...wanted]
    .filter(([month, now]) => !kept.has(`${lakePathOf(table.name, month)} ${now}`))
    .map(([month]) => month);
  lake.run.unchanged += wanted.size - months.length;
  forget(lake, table, wanted);
  if (months.length > 0) await writeMonths(snapshot, lake, { table, months, wanted });
}

/** Removes the files of months that have no rows any more. */
function forget(lake: Lake, { name }: LakeTable, wanted: ReadonlyMap<string, string>): void {
  const paths = new Set([...wanted.keys()].map((month) => lakePathOf(name, month)));
  const gone = lake.manifest.files.filter(({ path }) => path.startsWith(`${name}/`) && !paths.has(path));
  for (const { path } of gone) {
    change(lake, { ...lake.manifest, knownAt: null, files: lake.manifest.files.filter((file) => file.path !== path) });
    removeFile(lake.folder, path);
    lake.run.removed += 1;
  }
}

interface Months {
  table: LakeTable;
  months: readonly string[];
  /** What the database says of each month. */
  wanted: ReadonlyMap<string, string>;
}

/** Writes each of these months into a file; their rows come month by month. */
async function writeMonths(snapshot: Snapshot, lake: Lake, { table, months, wanted }: Months): Promise<void> {
  let open: { month: string; file: ParquetFile } | null = null;
  function close(): void {
    if (open === null) return;
    const { month, file } = open;
    enter(lake, { path: lakePathOf(table.name, month), fingerprint: wanted.get(month)!, ...file.finish() });
    open = null;
  }
  function fileOf(month: string): ParquetFile {
    if (open?.month === month) return open.file;
    close();
    const path = join(lake.folder, lakePathOf(table.name, month));
    mkdirSync(dirname(path), { recursive: true });
    open = { month, file: openParquet(path, table.columns) };
    return open.file;
  }
  try {
    await copyMonths(snapshot, table, { months, each: (month, row) => fileOf(month).add(row) });
    close();
  } catch (error) {
    (open as { file: ParquetFile } | null)?.file.abandon();
    throw error;
  }
}

/** Enters a file that is written in the manifest. */
function enter(lake: Lake, file: LakeFile): void {
  const others = lake.manifest.files.filter(({ path }) => path !== file.path);
  const files = [...others, file].sort((a, b) => (a.path < b.path ? -1 : 1));
  change(lake, { ...lake.manifest, knownAt: null, files });
  lake.run.written += 1;
  lake.run.rows += file.rows;
  lake.run.bytes += file.bytes;
}

function change(lake: Lake, manifest: Manifest): void {
  lake.manifest = manifest;
  saveManifest(lake.folder, manifest);
}
