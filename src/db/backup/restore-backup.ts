import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { AppError } from "../../kit/errors.ts";
import { type Database, type Db, openDatabase } from "../client.ts";
import { migrate } from "../migrate.ts";
import { type BackupFile, type BackupManifest, readBackup } from "./manifest.ts";
import {
  analyseAll,
  type BackedUpTable,
  closeRestoring,
  countOthers,
  dropEverything,
  findFilled,
  findTables,
  insertRows,
} from "./tables.repository.ts";

interface Restoring {
  folder: string;
  /** Whether what the database holds now may go. */
  replaces: boolean;
}

/**
 * Makes the database what it was when the backup was taken, and brings its tables to this version. All rows come in one
 * transaction: a run that is broken off leaves none, and is started again. Whoever was forgotten since is forgotten again at
 * the next start, by the ledger that lies outside.
 */
export async function restoreBackup(url: string, { folder, replaces }: Restoring): Promise<BackupManifest> {
  const manifest = await readBackup(folder);
  const database = openDatabase({ url });
  try {
    await makeRoom(database, replaces);
    await migrate(url, manifest.migrations);
    const tables = new Map((await findTables(database)).map((table) => [table.name, table]));
    await database.longTransaction(async (tx) => {
      for (const file of manifest.files) await restoreTable(tx, join(folder, file.path), { file, tables });
      await closeRestoring(tx);
    });
    await migrate(url);
    await analyseAll(database);
    return manifest;
  } finally {
    await database.close();
  }
}

async function makeRoom(database: Database, replaces: boolean): Promise<void> {
  if ((await countOthers(database)) > 0) {
    throw new AppError("CONFLICT", "A server or a command uses the database: stop it, and restore again.");
  }
  const filled = await findFilled(database, await findTables(database));
  if (filled !== null && !replaces) {
    throw new AppError(
      "CONFLICT",
      `The database is not empty (${filled} has rows): restore into a new one, or say --replace to lose what it holds.`,
    );
  }
  await dropEverything(database);
}

interface Source {
  file: BackupFile;
  tables: ReadonlyMap<string, BackedUpTable>;
}

/** Characters of one statement. */
const BATCH = 4_000_000;

async function restoreTable(tx: Db, path: string, { file, tables }: Source): Promise<void> {
  const table = tables.get(file.table);
  if (!table) throw new AppError("BAD_INPUT", `The backup has a table ${file.table} that its migrations do not make.`);
  let [lines, length, rows]: [string[], number, number] = [[], 0, 0];
  const insert = async () => {
    if (lines.length > 0) rows += await insertRows(tx, table, lines);
    [lines, length] = [[], 0];
  };
  for await (const line of linesIn(path)) {
    lines.push(line);
    length += line.length;
    if (length > BATCH) await insert();
  }
  await insert();
  if (rows !== file.rows) throw new Error(`${path} has ${rows} rows, and its manifest says ${file.rows}.`);
}

/** Lines end with a line feed alone: a text of PostgreSQL's JSON may have any other break in it. */
async function* linesIn(path: string): AsyncGenerator<string> {
  const text = createReadStream(path).pipe(createGunzip()).setEncoding("utf8");
  let rest = "";
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
