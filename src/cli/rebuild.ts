import type { AuditAction } from "../facts/audit-actions.ts";
import { rebuildAll } from "../ingest/correcting/rebuild.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

/** Recomputes everything derived from the evidence and prints what changed: normally nothing. */
export async function rebuildNow(args: readonly string[]): Promise<number> {
  nothingMore(args, "Usage: npm run rebuild");
  return run("customers.rebuilt");
}

/** Applies changed rules to what is stored; with --dry-run it only says how many customers would change. */
export async function restitchNow(args: readonly string[]): Promise<number> {
  const others = args.filter((arg) => arg !== "--dry-run");
  nothingMore(others, "Usage: npm run restitch [-- --dry-run]");
  return run(others.length < args.length ? null : "customers.restitched");
}

/** Under the action that the audit has of it; null of a dry run, which changes nothing. */
async function run(action: AuditAction | null): Promise<number> {
  const isDryRun = action === null;
  const rebuilt = await withCore(async ({ database, rules }) => {
    if (!isDryRun) await noteCommand(database, action);
    return rebuildAll(database, rules(), isDryRun);
  });
  process.stdout.write(`${JSON.stringify({ isDryRun, ...rebuilt })}\n`);
  return 0;
}
