import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { openCore } from "../core.ts";
import type { Db } from "../db/client.ts";
import { AppError } from "../kit/errors.ts";
import { openLog } from "../kit/log.ts";
import { confineEverybody, findRoleState, saveRole } from "./bi-role.repository.ts";
import { noteCommand } from "./note-command.ts";

const USAGE = "Usage: npm run c360 -- bi-role --name <role>, such as powerbi";
/** Names that need no quotes in any connection dialogue; `pg_` is reserved for PostgreSQL. */
const NAME = /^(?!pg_)[a-z][a-z0-9_]{0,62}$/;

/** Creates a login that reads the views of the schema `bi` and nothing else, or gives it a new password. */
export async function biRole(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { name: { type: "string" } } });
  if (!values.name) throw new AppError("BAD_INPUT", USAGE);
  const core = await openCore({ config: readConfig(), log: openLog("warn"), statementTimeoutMs: 0, mayShare: true });
  try {
    await noteCommand(core.database, "bi-role.made", { about: `role ${values.name}` });
    const { password, isConfined } = await grantBiRole(core.database, values.name);
    process.stdout.write(linesOf(new URL(core.databaseUrl), values.name, password));
    process.stderr.write("Keep the password: it is shown once. Asking again gives a new one.\n");
    if (!isConfined) process.stderr.write(UNCONFINED);
    return 0;
  } finally {
    await core.close();
  }
}

const UNCONFINED =
  "As to every login, PostgreSQL leaves it advisory locks, with which it could hold up writers, and temporary tables: run this once with a DATABASE_URL of a superuser to take them away.\n";

/** Creates or updates the role; answers its new password, and whether it can only read. */
export async function grantBiRole(db: Db, name: string): Promise<{ password: string; isConfined: boolean }> {
  if (!NAME.test(name)) {
    throw new AppError("BAD_INPUT", "Name the role with lower-case letters, digits and underscores, such as powerbi.");
  }
  if ((await findRoleState(db, name)) === "taken") {
    throw new AppError("CONFLICT", `PostgreSQL has a role ${name} that was not made here: choose another name.`);
  }
  const password = randomBytes(24).toString("base64url");
  try {
    await saveRole(db, { name, verifier: verifierOf(password) });
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new AppError(
      "FORBIDDEN",
      "The database user may not make roles: give it CREATEROLE, or run this once with a DATABASE_URL that may.",
    );
  }
  return { password, isConfined: await confineEverybody(db) };
}

const INSUFFICIENT_PRIVILEGE = "42501";
const ITERATIONS = 4_096;

/**
 * The verifier that PostgreSQL stores for SCRAM-SHA-256 (RFC 5802). It is made here, so that the password is sent
 * nowhere.
 */
function verifierOf(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const keyOf = (name: string) => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  const server = keyOf("Server Key").toString("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${stored}:${server}`;
}

function linesOf({ hostname, port, pathname }: URL, name: string, password: string): string {
  const database = decodeURIComponent(pathname.slice(1)) || "postgres";
  return `Server    ${hostname}:${port || 5432}\nDatabase  ${database}\nSchema    bi\nUser      ${name}\nPassword  ${password}\n`;
}
