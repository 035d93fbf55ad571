import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadDemoData, saveDemoSources } from "../seed/load.ts";
import type { Config } from "./config.ts";
import type { Core } from "./core.ts";
import { analyse } from "./db/analyse.ts";
import { hasBatches } from "./ingest/storing/batches.repository.ts";
import { findKeys, findUsableKey } from "./keys/keys.repository.ts";
import { createKey, hashOf } from "./keys/keys.ts";
import type { Log } from "./kit/log.ts";

/**
 * Loads the demo data once into an empty embedded database, before the server answers. A start that was killed leaves
 * its clock behind, and the next one sends the same records again: those that are there already are REPEATED.
 */
export async function loadDemoOnce(
  { database, ingest, isEmbedded, refreshRules }: Core,
  config: Config,
  log: Log,
): Promise<void> {
  if (config.seed === "none" || !isEmbedded) return;
  const clock = join(config.dataDir, "seeding");
  if ((await hasBatches(database)) && !existsSync(clock)) return;
  if (!existsSync(clock)) writeFileSync(clock, String(Date.now()));
  await saveDemoSources(database);
  await refreshRules();
  await loadDemoData(ingest, log, Number(readFileSync(clock, "utf8")));
  await analyse(database);
  rmSync(clock);
}

/** Where the key of the demo is kept, in the data directory. */
export const DEMO_KEY_FILE = "demo-key";

/**
 * The key that a newcomer starts with: made when an embedded database has no keys at all, kept in the data directory
 * for the owner's eyes only, and shown again at every start until it is revoked.
 */
export async function demoKey({ database, isEmbedded }: Core, { adminKey, dataDir }: Config): Promise<string | null> {
  if (!isEmbedded || adminKey !== null) return null;
  const file = join(dataDir, DEMO_KEY_FILE);
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : null;
  if (kept && (await findUsableKey(database, hashOf(kept)))) return kept;
  if ((await findKeys(database)).length > 0) return null;
  const key = await createKey(database, { name: "demo", role: "admin" });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
