import { rebuild } from "../identity/rebuild.ts";
import { readConfig } from "../config.ts";
import { openCore } from "../core.ts";
import { openLog } from "../kit/log.ts";

/** Recomputes all that is derived from the evidence, and prints what that changed: nothing, after an undisturbed life. */
export function rebuildAll(): Promise<number> {
  return run(false);
}

/** Applies changed rules to what is stored; with --dry-run only says how many customers that would change. */
export function restitchAll(args: readonly string[]): Promise<number> {
  return run(args.includes("--dry-run"));
}

async function run(isDryRun: boolean): Promise<number> {
  const core = await openCore({ config: readConfig(), log: openLog("warn"), statementTimeoutMs: 0, mayShare: true });
  try {
    const rebuilt = await rebuild(core.database, core.rules(), isDryRun);
    process.stdout.write(`${JSON.stringify({ isDryRun, ...rebuilt })}\n`);
    return 0;
  } finally {
    await core.close();
  }
}
