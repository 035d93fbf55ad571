import { parseArgs } from "node:util";
import type { Core } from "../core.ts";
import { findKeys, type StoredKey } from "../keys/keys.repository.ts";
import { createKey, revokeKey } from "../keys/keys.ts";
import { AppError } from "../kit/errors.ts";
import { DAY_MS } from "../kit/time.ts";
import { ROLES } from "../request.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage:
  npm run keys -- create --name <name> --role <${ROLES.join("|")}> [--agent-id <id>] [--expires <days>d]
  npm run keys -- list
  npm run keys -- revoke <name or id>`;

/** Creates, lists and revokes API keys. */
export async function keys([verb, ...args]: string[]): Promise<number> {
  const run = { create, list, revoke }[verb ?? ""];
  if (!run) throw new AppError("BAD_INPUT", USAGE);
  await withCore((core) => run(core, args));
  return 0;
}

async function create({ database }: Core, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string" },
      role: { type: "string" },
      "agent-id": { type: "string" },
      expires: { type: "string" },
    },
  });
  const role = ROLES.find((known) => known === values.role);
  if (!values.name || !role) throw new AppError("BAD_INPUT", USAGE);
  const expiresAt = values.expires === undefined ? null : inDays(values.expires);
  const key = await createKey(database, { name: values.name, role, agentId: values["agent-id"], expiresAt });
  print(`${key}\n`);
  process.stderr.write("Keep it: it is shown once and stored only as a hash.\n");
}

async function list({ database }: Core): Promise<void> {
  for (const key of await findKeys(database)) print(`${lineOf(key)}\n`);
}

async function revoke({ database }: Core, [idOrName]: string[]): Promise<void> {
  if (!idOrName) throw new AppError("BAD_INPUT", USAGE);
  const revoked = await revokeKey(database, idOrName);
  print(`Revoked ${revoked.length}; running servers notice within five seconds.\n`);
}

function inDays(text: string): Date {
  const days = Number(/^(\d{1,5})d$/.exec(text)?.[1]);
  if (!(days > 0)) throw new AppError("BAD_INPUT", "Say --expires in days, such as 90d.");
  return new Date(Date.now() + days * DAY_MS);
}

function lineOf({ id, name, role, agentId, expiresAt, revokedAt, lastUsedAt }: StoredKey): string {
  const state = revokedAt
    ? `revoked ${revokedAt.toISOString()}`
    : expiresAt
      ? `expires ${expiresAt.toISOString()}`
      : "valid";
  return [id, name, role, agentId ?? "-", state, lastUsedAt ? `used ${lastUsedAt.toISOString()}` : "never used"].join(
    "\t",
  );
}

function print(text: string): void {
  process.stdout.write(text);
}
