import { readConfig } from "../config.ts";
import { openCore } from "../core.ts";
import { rebuildAll } from "../ingest/rebuild.ts";
import { openLog } from "../kit/log.ts";

/** Recomputes all that is derived from the evidence, and prints what that changed: nothing, after an undisturbed life. */
export function rebuildNow(): Promise<number> {
  return run(false);
}

/** Applies changed rules to what is stored; with --dry-run only says how many customers that would change. */
export function restitchNow(args: readonly string[]): Promise<number> {
  return run(args.includes("--dry-run"));
}

async function run(isDryRun: boolean): Promise<number> {
  const core = await openCore({ config: readConfig(), log: openLog("warn"), statementTimeoutMs: 0, mayShare: true });
  try {
    const rebuilt = await rebuildAll(core.database, core.rules(), isDryRun);
    process.stdout.write(`${JSON.stringify({ isDryRun, ...rebuilt })}\n`);
    return 0;
  } finally {
    await core.close();
  }
}
