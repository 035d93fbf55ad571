import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { openPostgres } from "../core.ts";
import type { BackupManifest } from "../db/backup/manifest.ts";
import { restoreBackup } from "../db/backup/restore-backup.ts";
import { writeBackup } from "../db/backup/write-backup.ts";
import { openDatabase } from "../db/client.ts";
import { AppError } from "../kit/errors.ts";
import { openLog } from "../kit/log.ts";
import { noteCommand } from "./note-command.ts";
import { withCore } from "./with-core.ts";

const BACKUP = "Usage: npm run c360 -- backup <folder>, which is new or empty. It needs no PostgreSQL programs.";
const RESTORE =
  "Usage: npm run c360 -- restore <folder> [--replace]: into an empty database, or with --replace into one that loses what it holds.";

/** Writes a backup, beside a server or without one, and prints what is in it. */
export async function backup(args: string[]): Promise<number> {
  const [folder, ...more] = args;
  if (!folder || folder.startsWith("-") || more.length > 0) throw new AppError("BAD_INPUT", BACKUP);
  const manifest = await withCore(async ({ database }) => {
    await noteCommand(database, "backup.written");
    return writeBackup(database, folder);
  });
  say(manifest);
  return 0;
}

/** Restores a backup. The ledger of the forgotten is read at the next start. */
export async function restore(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { replace: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0) throw new AppError("BAD_INPUT", RESTORE);
  const server = await openPostgres({ config: readConfig(), log: openLog("warn") });
  try {
    const manifest = await restoreBackup(server.url, { folder, replaces: values.replace });
    const database = openDatabase({ url: server.url });
    // The audit is the backup's: what was in it before is gone with the database.
    await noteCommand(database, "backup.restored", { about: `backup of ${manifest.at}` }).finally(() =>
      database.close(),
    );
    say(manifest);
  } finally {
    await server.stop();
  }
  return 0;
}

function say({ at, files }: BackupManifest): void {
  const sum = (of: "rows" | "bytes") => files.reduce((all, file) => all + file[of], 0);
  process.stdout.write(`${JSON.stringify({ at, tables: files.length, rows: sum("rows"), bytes: sum("bytes") })}\n`);
}
