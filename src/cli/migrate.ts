import { diff } from "../db/migrate.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

/** Applies the missing migrations, as every start does. */
export async function migrateNow(args: readonly string[]): Promise<number> {
  nothingMore(args, "Usage: npm run c360 -- migrate");
  await withCore(async () => {});
  process.stdout.write("The database is at this version.\n");
  return 0;
}

/** Prints how the database differs from schema.prisma; exit code 1 if it does. */
export async function printDiff(args: readonly string[]): Promise<number> {
  nothingMore(args, "Usage: npm run c360 -- diff");
  const difference = await withCore(({ databaseUrl }) => diff(databaseUrl));
  process.stdout.write(difference || "The database and schema.prisma agree.\n");
  return difference ? 1 : 0;
}
