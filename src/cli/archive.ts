import { parseArgs } from "node:util";
import { archiveMonths, previewArchive, RESTORED_STAYS_DAYS } from "../archive/archive-months.ts";
import { restoreMonth } from "../archive/restore-month.ts";
import { retainingOf } from "../housekeeping.ts";
import { listArchivedMonths } from "../ingest/archiving/months.repository.ts";
import { AppError } from "../kit/errors.ts";
import { noteCommand } from "./note-command.ts";
import { withCore } from "./with-core.ts";

/** Ten years: beyond it nothing would ever be archived. */
const MOST_MONTHS = 120;
const USAGE = `Usage:
  npm run c360 -- archive <folder> --keep <months>   moves the touchpoints of all months before the last so many whole ones (1 to ${MOST_MONTHS}) into files,
                                                     and takes out of those that are there who was forgotten since
  npm run c360 -- archive --dry-run --keep <months>  which months it would write, and how many rows would leave the database
  npm run c360 -- archive --list                     the months that are in the archive, or were
  npm run c360 -- restore-month <folder> <month>     brings a month such as 2025-01 back; it is archived again after ${RESTORED_STAYS_DAYS} days`;

/** Moves closed months out of the database into a folder. */
export async function archive(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      keep: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      list: { type: "boolean", default: false },
    },
  });
  const { keep, list, "dry-run": isDryRun } = values;
  const [folder, ...more] = positionals;
  if (list) {
    if (folder || keep || isDryRun) throw new AppError("BAD_INPUT", USAGE);
    return print(await withCore(({ database }) => listArchivedMonths(database)));
  }
  if (!keep || more.length > 0 || isDryRun === Boolean(folder)) throw new AppError("BAD_INPUT", USAGE);
  const what = { keep: monthsIn(keep), now: new Date() };
  if (!folder) return print(await withCore(({ database }) => previewArchive(database, what)));
  return print(
    await withCore(async ({ database, rules, keyring }) => {
      await noteCommand(database, "months.archived", { about: `all before the last ${what.keep}` });
      return archiveMonths(database, { folder, ...what, retaining: retainingOf({ rules, keyring }) });
    }),
  );
}

function monthsIn(keep: string): number {
  const months = Number(keep);
  if (Number.isInteger(months) && months >= 1 && months <= MOST_MONTHS) return months;
  throw new AppError("BAD_INPUT", `Give --keep as a whole number of months from 1 to ${MOST_MONTHS}.`);
}

/** Brings a month back. */
export async function restoreOne(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [folder, month, ...more] = positionals;
  if (!folder || !month || more.length > 0) throw new AppError("BAD_INPUT", USAGE);
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw new AppError("BAD_INPUT", "Name the month as 2025-01.");
  return print(
    await withCore(async ({ database, rules }) => {
      await noteCommand(database, "month.restored", { about: month });
      return restoreMonth(database, { folder, month, rules: rules() });
    }),
  );
}

function print(answer: unknown): number {
  for (const line of [answer].flat()) process.stdout.write(`${JSON.stringify(line)}\n`);
  return 0;
}
