import { whileAlone } from "../db/alone.ts";
import type { Database } from "../db/client.ts";
import {
  type ArchivedMonth,
  findFilledMonths,
  listArchivedMonths,
  type Month,
  monthFrom,
} from "../ingest/archiving/months.repository.ts";
import type { Retaining } from "../ingest/forgetting/retain.ts";
import { retainArchived } from "../ingest/forgetting/retain-archived.ts";
import { AppError } from "../kit/errors.ts";
import { DAY_MS } from "../kit/time.ts";
import { type Filed, fileMonth } from "./file-month.ts";
import { openFolder, readMonths } from "./folder.ts";
import { readKeys } from "./rows.ts";

/** What was brought back stays so long, before it is archived again: for whoever had it brought back. */
export const RESTORED_STAYS_DAYS = 30;

interface Archiving {
  folder: string;
  /** How many whole months before this one stay in the database. */
  keep: number;
  now: Date;
  retaining: Retaining;
}

/** What a run did. */
export interface ArchiveRun {
  /** Rows of the archive that rules of retention keep no longer. */
  letGo: number;
  months: Filed[];
}

/** A month that a run would write, and how many rows of it are in the database. */
interface DueMonth {
  month: string;
  rows: number;
}

/** What a run would do now. */
export async function previewArchive(
  database: Database,
  { keep, now }: Pick<Archiving, "keep" | "now">,
): Promise<DueMonth[]> {
  return (await findDueMonths(database, { keep, now })).map(({ month, rows }) => ({ month, rows }));
}

/**
 * Moves the touchpoints of closed months into files of a folder, and writes those files anew that have rows of somebody who
 * was forgotten. A run that is broken off goes on with the next.
 */
export async function archiveMonths(database: Database, archiving: Archiving): Promise<ArchiveRun> {
  const done = await whileAlone(database, "archiving", () => run(database, archiving));
  if (done) return done;
  throw new AppError(
    "CONFLICT",
    "Another process moves months into the archive, or out of it: wait until it has ended.",
  );
}

async function run(database: Database, { folder, keep, now, retaining }: Archiving): Promise<ArchiveRun> {
  const home = openFolder(folder, true);
  const letGo = await retainArchived(database, await findMonthsIn(database, home), { now, ...retaining });
  const months: Filed[] = [];
  for (const month of await findDueMonths(database, { keep, now })) {
    months.push(await fileMonth(database, { home, month, now }));
  }
  return { letGo, months };
}

/** The months of the archive that are in this folder, with what retention asks of their rows. */
async function findMonthsIn(database: Database, home: string) {
  const files = readMonths(home);
  const known = await listArchivedMonths(database);
  return known
    .filter(({ month, archivedAt, restoredAt }) => archivedAt !== null && restoredAt === null && month in files)
    .map(({ month, startsAt }) => ({ startsAt, rows: () => readKeys(home, files[month]!.touchpoints) }));
}

async function findDueMonths(
  database: Database,
  { keep, now }: Pick<Archiving, "keep" | "now">,
): Promise<(Month & { rows: number })[]> {
  const known = await listArchivedMonths(database);
  const isBack = new Set(known.filter((one) => wasJustRestored(one, now)).map(({ month }) => month));
  const filled = await findFilledMonths(database, monthFrom(now, -keep).from);
  const due = filled.filter(({ month }) => !isBack.has(month));
  const seen = new Set(due.map(({ month }) => month));
  const unfinished = known.filter((one) => !seen.has(one.month) && isUnfinished(one));
  return [...due, ...unfinished.map(({ startsAt }) => ({ ...monthFrom(startsAt), rows: 0 }))].sort((a, b) =>
    a.month < b.month ? -1 : 1,
  );
}

const wasJustRestored = ({ restoredAt }: ArchivedMonth, now: Date): boolean =>
  restoredAt !== null && now.getTime() - restoredAt.getTime() < RESTORED_STAYS_DAYS * DAY_MS;

/** Closed without a file, or with one that says too much. */
const isUnfinished = ({ restoredAt, archivedAt, staleAt }: ArchivedMonth): boolean =>
  restoredAt === null && (archivedAt === null || staleAt !== null);
