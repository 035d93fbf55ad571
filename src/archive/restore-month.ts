import { whileAlone } from "../db/alone.ts";
import type { Database, Db } from "../db/client.ts";
import type { Rules } from "../facts/rules.ts";
import { lockStitching } from "../identity/evidence.repository.ts";
import { type ArchivedColumn, findArchivedColumns } from "../ingest/archiving/archived-rows.repository.ts";
import { bringBack } from "../ingest/archiving/bring-back.ts";
import { enterRestored, findArchivedMonth } from "../ingest/archiving/months.repository.ts";
import { rematchAll } from "../ingest/matching/rematch.ts";
import { nothingLoosened, tieContacts } from "../ingest/storing/contacts.ts";
import { cutAllVisits } from "../ingest/storing/place-visits.ts";
import { remeasureAllVisits } from "../ingest/storing/visits.repository.ts";
import { AppError } from "../kit/errors.ts";
import { DAY_MS } from "../kit/time.ts";
import { checkFile, type MonthFiles, openFolder, readMonths } from "./folder.ts";
import { readNames, readRows } from "./rows.ts";

/** What became of a month that was brought back. */
export interface RestoredMonth {
  month: string;
  rows: number;
  /** Of somebody who was forgotten since, or that retention let go of, or in the database already. */
  leftOut: number;
}

/** Rows of one transaction, which holds the lock of stitching: a second. */
const ROWS = 2_000;

/**
 * Puts the touchpoints of a month back into the database, so that reports, timelines and `knownAt` have them again and it takes
 * in others. The files stay. A run that is broken off is gone on with by the next.
 */
export async function restoreMonth(
  database: Database,
  { folder, month, rules }: { folder: string; month: string; rules: Rules },
): Promise<RestoredMonth> {
  const done = await whileAlone(database, "archiving", async () => {
    const home = openFolder(folder, false);
    const files = await findFiles(database, home, month);
    const columns = await findArchivedColumns(database);
    const rows = await putBack(database, { home, files, columns, rules });
    await database.longTransaction(async (tx) => {
      await settleMonth(tx, month, rules);
    });
    return { month, rows, leftOut: files.touchpoints.rows - rows };
  });
  if (done) return done;
  throw new AppError(
    "CONFLICT",
    "Another process moves months into the archive, or out of it: wait until it has ended.",
  );
}

/** What was beside others that are gone since, or come back, is derived anew. */
async function settleMonth(tx: Db, month: string, rules: Rules): Promise<void> {
  await lockStitching(tx);
  const { startsAt, endsAt } = await enterRestored(tx, month);
  const within = { from: new Date(startsAt.getTime() - DAY_MS), to: endsAt };
  const loosened = nothingLoosened();
  await cutAllVisits(tx, { batchId: null, rules, loosened }, within);
  await remeasureAllVisits(tx, within);
  await tieContacts(tx, loosened);
  await rematchAll(tx);
}

/** The files of a month that is in the archive, as they were written last. */
async function findFiles(database: Database, home: string, month: string): Promise<MonthFiles> {
  const known = await findArchivedMonth(database, month);
  if (!known?.archivedAt || known.restoredAt) {
    throw new AppError("NOT_FOUND", `${month} is not in the archive: \`c360 archive --list\` says which months are.`);
  }
  const files = readMonths(home)[month];
  if (files?.touchpoints.sha256 === known.sha256) return files;
  throw new AppError(
    "NOT_FOUND",
    files
      ? `The file of ${month} is another than the one that was written last: name the folder that has that, or run \`c360 archive\` first.`
      : `The folder has no file of ${month}: name the one that it was archived into.`,
  );
}

interface PuttingBack {
  home: string;
  files: MonthFiles;
  columns: readonly ArchivedColumn[];
  rules: Rules;
}

async function putBack(database: Database, { home, files, columns, rules }: PuttingBack): Promise<number> {
  const names = await readNames(await checkFile(home, files.names));
  const path = await checkFile(home, files.touchpoints);
  let restored = 0;
  for await (const rows of readRows(path, { columns, names, most: ROWS })) {
    restored += await database.longTransaction((tx) => bringBack(tx, rows, rules));
  }
  return restored;
}
