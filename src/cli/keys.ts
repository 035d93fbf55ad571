import { parseArgs } from "node:util";
import type { Core } from "../core.ts";
import type { Bounds } from "../keys/bounds.ts";
import { findKeys, type StoredKey } from "../keys/keys.repository.ts";
import { issueKey, revokeKey } from "../keys/keys.ts";
import { AppError } from "../kit/errors.ts";
import { DAY_MS } from "../kit/time.ts";
import { ROLES } from "../request.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage:
  npm run keys -- create --name <name> --role <${ROLES.join("|")}> [--agent-id <id>] [--expires <days>d]
      [--sources <names>] [--teams <names>] [--call-centres <ids>] [--networks <CIDRs>] [--origins <origins>]     lists, separated by commas
  npm run keys -- list
  npm run keys -- revoke <name or id>`;

/** Creates, lists and revokes API keys. */
export async function keys([verb, ...args]: string[]): Promise<number> {
  const command = { create, list, revoke }[verb ?? ""];
  if (!command) throw new AppError("BAD_INPUT", USAGE);
  await withCore(command(args));
  return 0;
}

/** What is left to do once the arguments are read: a mistake in them is told without a database. */
type Work = (core: Core) => Promise<void>;

function create(args: string[]): Work {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: "string" },
      role: { type: "string" },
      "agent-id": { type: "string" },
      expires: { type: "string" },
      sources: { type: "string" },
      teams: { type: "string" },
      "call-centres": { type: "string" },
      networks: { type: "string" },
      origins: { type: "string" },
    },
  });
  const role = ROLES.find((known) => known === values.role);
  if (!values.name || !role) throw new AppError("BAD_INPUT", USAGE);
  const expiresAt = values.expires === undefined ? null : inDays(values.expires);
  const wish = {
    name: values.name,
    role,
    agentId: values["agent-id"],
    expiresAt,
    sources: listOf(values.sources),
    teams: listOf(values.teams),
    callCentreIds: listOf(values["call-centres"]),
    networks: listOf(values.networks),
    origins: listOf(values.origins),
  };
  return async ({ database }) => {
    const { id, secret } = await issueKey(database, wish);
    await noteCommand(database, "key.created", { key: id });
    print(`${secret}\n`);
    process.stderr.write("Keep it: it is shown once and stored only as a hash.\n");
  };
}

function list(args: string[]): Work {
  nothingMore(args, USAGE);
  return async ({ database }) => {
    await noteCommand(database, "keys.listed");
    for (const key of await findKeys(database)) print(`${lineOf(key)}\n`);
  };
}

function revoke([idOrName, ...more]: string[]): Work {
  nothingMore(more, USAGE);
  if (!idOrName) throw new AppError("BAD_INPUT", USAGE);
  return async ({ database }) => {
    const revoked = await revokeKey(database, idOrName);
    for (const { id } of revoked) await noteCommand(database, "key.revoked", { key: id });
    print(`Revoked ${revoked.length}; running servers notice within five seconds.\n`);
  };
}

/** The items of a list; null where none was given, which is not an empty one. */
function listOf(text: string | undefined): string[] | null {
  return text === undefined ? null : text.split(",").filter((item) => item.trim() !== "");
}

function inDays(text: string): Date {
  const days = Number(/^(\d{1,5})d$/.exec(text)?.[1]);
  if (!(days > 0)) throw new AppError("BAD_INPUT", "Say --expires in days, such as 90d.");
  return new Date(Date.now() + days * DAY_MS);
}

function lineOf({ id, name, role, agentId, expiresAt, revokedAt, lastUsedAt, ...bounds }: StoredKey): string {
  const state = revokedAt
    ? `revoked ${revokedAt.toISOString()}`
    : expiresAt
      ? `expires ${expiresAt.toISOString()}`
      : "valid";
  const used = lastUsedAt ? `used ${lastUsedAt.toISOString()}` : "never used";
  return [id, name, role, agentId ?? "-", state, used, ...boundsIn(bounds)].join("\t");
}

function boundsIn({ sources, teams, callCentreIds, networks, origins }: Bounds): string[] {
  const named = Object.entries({ teams, callCentreIds, networks, origins }).filter(([, list]) => list.length > 0);
  return [
    sources.length > 0 ? `writes as ${sources.join(",")}` : "writes as no source",
    ...named.map(([name, list]) => `${name} ${list.join(",")}`),
  ];
}

function print(text: string): void {
  process.stdout.write(text);
}
