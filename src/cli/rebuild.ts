import { rebuildAll } from "../ingest/correcting/rebuild.ts";
import { withCore } from "./with-core.ts";

/** Recomputes all that is derived from the evidence, and prints what that changed: nothing, after an undisturbed life. */
export function rebuildNow(): Promise<number> {
  return run(false);
}

/** Applies changed rules to what is stored; with --dry-run only says how many customers that would change. */
export function restitchNow(args: readonly string[]): Promise<number> {
  return run(args.includes("--dry-run"));
}

async function run(isDryRun: boolean): Promise<number> {
  const rebuilt = await withCore(({ database, rules }) => rebuildAll(database, rules(), isDryRun));
  process.stdout.write(`${JSON.stringify({ isDryRun, ...rebuilt })}\n`);
  return 0;
}
