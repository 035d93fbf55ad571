import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Core } from "./core.ts";
import { findKeys, findUsableKey } from "./http/keys.repository.ts";
import { createKey, hashOf } from "./http/keys.ts";

/**
 * The key that a newcomer starts with: made when an embedded database has no keys at all, kept in the data directory
 * for the owner's eyes only, and shown again at every start until it is revoked.
 */
export async function demoKey(
  core: Core,
  { hasAdminKey, file }: { hasAdminKey: boolean; file: string },
): Promise<string | null> {
  if (!core.isEmbedded || hasAdminKey) return null;
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : null;
  if (kept && (await findUsableKey(core.database, hashOf(kept)))) return kept;
  if ((await findKeys(core.database)).length > 0) return null;
  const key = await createKey(core.database, { name: "demo", role: "admin" });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
