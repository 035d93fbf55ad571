import { rebuildAll } from "../ingest/correcting/rebuild.ts";
import { withCore } from "./with-core.ts";

/** Recomputes everything derived from the evidence and prints what changed: normally nothing. */
export function rebuildNow(): Promise<number> {
  return run(false);
}

/** Applies changed rules to what is stored; with --dry-run it only says how many customers would change. */
export function restitchNow(args: readonly string[]): Promise<number> {
  return run(args.includes("--dry-run"));
}

async function run(isDryRun: boolean): Promise<number> {
  const rebuilt = await withCore(({ database, rules }) => rebuildAll(database, rules(), isDryRun));
  process.stdout.write(`${JSON.stringify({ isDryRun, ...rebuilt })}\n`);
  return 0;
}
