import type { Database } from "../db/client.ts";
import {
  type ArchivedColumn,
  findArchivedColumns,
  findNames,
  findOnlyArchived,
  removeArchived,
} from "../ingest/archiving/archived-rows.repository.ts";
import {
  closeMonth,
  enterArchived,
  findArchivedMonth,
  findClock,
  type Month,
} from "../ingest/archiving/months.repository.ts";
import type { Item } from "../ingest/storing/items.ts";
import { keepNoHistory } from "../ingest/storing/no-history.repository.ts";
import { AppError } from "../kit/errors.ts";
import { openParquet, type ParquetValue } from "../lake/parquet.ts";
import { copyMonths } from "../lake/rows.repository.ts";
import {
  type ArchiveFile,
  checkFile,
  type MonthFiles,
  makeHome,
  newPathOf,
  readMonths,
  removeOthers,
  saveMonth,
} from "./folder.ts";
import { NAMED, tableOfMonth } from "./month.sql.ts";
import { archivedKeyOf, type Cells, NAME_COLUMNS, readFile, readNames } from "./rows.ts";

/** What became of a month. */
export interface Filed {
  month: string;
  /** Rows that left the database. */
  moved: number;
  /** Rows of its file. */
  rows: number;
  bytes: number;
}

/** Rows of one transaction: a fraction of a second. */
const ROWS = 5_000;

/** A month, and where it is filed. */
interface Filing {
  home: string;
  month: Month;
  columns: readonly ArchivedColumn[];
  begunAt: Date;
  /** What is there of it already. */
  earlier: MonthFiles | null;
}

/**
 * Writes the rows of a month into its file, beside those that are there and are somebody's still; then takes them out of the
 * table, as the file has them.
 */
export async function fileMonth(
  database: Database,
  { home, month, now }: { home: string; month: Month; now: Date },
): Promise<Filed> {
  const begunAt = await findClock(database);
  await closeMonth(database, month, now);
  const known = await findArchivedMonth(database, month.month);
  const earlier = known?.sha256 ? (readMonths(home)[month.month] ?? missing(month)) : null;
  const filing = { home, month, columns: await findArchivedColumns(database), begunAt, earlier };
  const { rows: file, names, copied } = await writeRows(database, filing);
  const files = { touchpoints: file, names: await writeNames(database, filing, names) };
  saveMonth(home, month.month, files);
  // Before it counts as written: the file that it takes the place of may have rows of somebody who was forgotten.
  removeOthers(home, month.month, files);
  await enterArchived(database, { month: month.month, rows: file.rows, sha256: file.sha256, begunAt });
  const moved = copied === 0 ? 0 : await removeRows(database, await checkFile(home, file));
  return { month: month.month, moved, rows: file.rows, bytes: file.bytes + files.names.bytes };
}

function missing({ month }: Month): never {
  throw new AppError("NOT_FOUND", `The folder has no file of ${month}: name the one that it was archived into.`);
}

/** Writes what is kept of the file that is there, then what the table has. */
async function writeRows(database: Database, filing: Filing) {
  const { home, month, columns, begunAt } = filing;
  const table = tableOfMonth(columns, month);
  const path = newPathOf("touchpoints", month.month, begunAt);
  const out = openParquet(makeHome(home, path), table.columns);
  const named = NAMED.map((name) => table.columns.findIndex((column) => column.name === name));
  const names = new Set<string>();
  const add = (row: readonly ParquetValue[]) => {
    out.add(row);
    for (const at of named) if (row[at] !== null) names.add(row[at] as string);
  };
  try {
    await eachKept(database, filing, (cells) => add(table.columns.map(({ name }) => written(cells[name]))));
    let copied = 0;
    const each = (_: string, row: ParquetValue[]) => {
      add(row);
      copied += 1;
    };
    await database.atOneInstant((snapshot) => copyMonths(snapshot, table, { months: [month.month], each }));
    return { rows: { path, ...out.finish() }, names, copied };
  } catch (error) {
    out.abandon();
    throw error;
  }
}

const written = (cell: unknown): ParquetValue =>
  cell instanceof Date ? cell.getTime() : ((cell ?? null) as ParquetValue);

/** The rows of the file that is there whose records have not gone since, and which are not in the table again. */
async function eachKept(database: Database, { home, earlier }: Filing, each: (cells: Cells) => void): Promise<void> {
  if (!earlier) return;
  for await (const group of readFile(await checkFile(home, earlier.touchpoints))) {
    for (let at = 0; at < group.length; at += ROWS) {
      const rows = group.slice(at, at + ROWS);
      const kept = await findOnlyArchived(database, rows.map(archivedKeyOf));
      for (const cells of rows) if (kept.has(cells.id as string)) each(cells);
    }
  }
}

/** Writes the names that rows have: those of the dictionary, and of the file that is there what the dictionary has no more. */
async function writeNames(
  database: Database,
  { home, month, earlier, begunAt }: Filing,
  used: ReadonlySet<string>,
): Promise<ArchiveFile> {
  const path = newPathOf("names", month.month, begunAt);
  const before = earlier ? await readNames(await checkFile(home, earlier.names)) : new Map<string, Item>();
  const out = openParquet(makeHome(home, path), NAME_COLUMNS);
  try {
    const ids = [...used];
    for (let at = 0; at < ids.length; at += ROWS) {
      const some = ids.slice(at, at + ROWS);
      const known = new Map((await findNames(database, some)).map((item) => [item.id, item]));
      for (const id of some) {
        const item = known.get(id) ?? before.get(id);
        if (item) out.add([item.id, item.kind, item.name, item.section]);
      }
    }
    return { path, ...out.finish() };
  } catch (error) {
    out.abandon();
    throw error;
  }
}

/** Takes the rows that the file has out of the table; they leave no history, since they are as known as they were. */
async function removeRows(database: Database, path: string): Promise<number> {
  let removed = 0;
  for await (const group of readFile(path)) {
    for (let at = 0; at < group.length; at += ROWS) {
      removed += await database.longTransaction(async (tx) => {
        await keepNoHistory(tx);
        return removeArchived(tx, group.slice(at, at + ROWS).map(archivedKeyOf));
      });
    }
  }
  return removed;
}
