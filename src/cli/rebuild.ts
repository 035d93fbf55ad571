import { rebuildAll } from "../ingest/correcting/rebuild.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

/** Recomputes everything derived from the evidence and prints what changed: normally nothing. */
export async function rebuildNow(args: readonly string[]): Promise<number> {
  nothingMore(args, "Usage: npm run rebuild");
  return run(false);
}

/** Applies changed rules to what is stored; with --dry-run it only says how many customers would change. */
export async function restitchNow(args: readonly string[]): Promise<number> {
  const others = args.filter((arg) => arg !== "--dry-run");
  nothingMore(others, "Usage: npm run restitch [-- --dry-run]");
  return run(others.length < args.length);
}

async function run(isDryRun: boolean): Promise<number> {
  const rebuilt = await withCore(({ database, rules }) => rebuildAll(database, rules(), isDryRun));
  process.stdout.write(`${JSON.stringify({ isDryRun, ...rebuilt })}\n`);
  return 0;
}
