import { readConfig } from "../config.ts";
import { openCore } from "../core.ts";
import { diff } from "../db/migrate.ts";
import { openLog } from "../kit/log.ts";

/** Applies the migrations that the database lacks, as every start does. */
export async function migrateNow(): Promise<number> {
  const config = readConfig();
  const core = await openCore({ config, log: openLog(config.logLevel), statementTimeoutMs: 0, mayShare: true });
  await core.close();
  process.stdout.write("The database is at this version.\n");
  return 0;
}

/** Prints what separates the database from schema.prisma; exit code 1 when something does. */
export async function printDiff(): Promise<number> {
  const core = await openCore({ config: readConfig(), log: openLog("warn"), statementTimeoutMs: 0, mayShare: true });
  try {
    const difference = await diff(core.databaseUrl);
    process.stdout.write(difference || "The database and schema.prisma agree.\n");
    return difference ? 1 : 0;
  } finally {
    await core.close();
  }
}
