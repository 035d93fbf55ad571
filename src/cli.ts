import { ConfigError, loadEnvFile } from "./config.ts";
import { AWAY, isAway } from "./db/away.ts";
import { AppError } from "./kit/errors.ts";

/** A command: its help line, and its module, loaded only when it runs. */
interface Command {
  help: string;
  run(args: string[]): Promise<number>;
}

/** Every command; a new one is a line here and a file in `cli/`. */
const COMMANDS: Readonly<Record<string, Command>> = {
  import: {
    help: "take a file in: npm run import -- <file> --mapping <file or shipped name>",
    run: async (args) => (await import("./cli/import.ts")).importFile(args),
  },
  keys: {
    help: "create, list and revoke API keys",
    run: async (args) => (await import("./cli/keys.ts")).keys(args),
  },
  migrate: {
    help: "bring the database to this version",
    run: async (args) => (await import("./cli/migrate.ts")).migrateNow(args),
  },
  diff: {
    help: "print the SQL that would turn the database into schema.prisma",
    run: async (args) => (await import("./cli/migrate.ts")).printDiff(args),
  },
  sources: {
    help: "list and change the settings of sending systems",
    run: async (args) => (await import("./cli/sources.ts")).sources(args),
  },
  namespaces: {
    help: "list and change what identity namespaces mean to stitching",
    run: async (args) => (await import("./cli/namespaces.ts")).namespaces(args),
  },
  rebuild: {
    help: "recompute all that is derived from the evidence, and say what that changed",
    run: async (args) => (await import("./cli/rebuild.ts")).rebuildNow(args),
  },
  restitch: {
    help: "apply changed rules to what is stored; --dry-run says how many customers that would change",
    run: async (args) => (await import("./cli/rebuild.ts")).restitchNow(args),
  },
  "withdraw-batch": {
    help: "undo a bad import, by the id of its batch or of the whole import",
    run: async (args) => (await import("./cli/withdraw-batch.ts")).withdrawBatchOf(args),
  },
  "export-customer": {
    help: "write all that is held of a customer: <customer id> [--page]",
    run: async (args) => (await import("./cli/export-customer.ts")).exportCustomerTo(args),
  },
  backup: {
    help: "write all that the database holds into a new folder, while servers run: <folder>",
    run: async (args) => (await import("./cli/backup.ts")).backup(args),
  },
  restore: {
    help: "make the database what it was in a backup: <folder> [--replace]",
    run: async (args) => (await import("./cli/backup.ts")).restore(args),
  },
  retain: {
    help: "how long things are kept, legal holds, and letting go of what is kept no longer: [--dry-run], set, hold, release, holds, runs",
    run: async (args) => (await import("./cli/retain.ts")).retainNow(args),
  },
  "verify-receipt": {
    help: "check a receipt of forgetting, offline: <file> [--public-key <base64>]",
    run: async (args) => (await import("./cli/verify-receipt.ts")).verifyReceipt(args),
  },
  "verify-audit": {
    help: "check that no row of the audit was deleted or changed",
    run: async (args) => (await import("./cli/verify-audit.ts")).verifyAudit(args),
  },
  "replay-originals": {
    help: "read the kept messages of a connector again, as it reads them now",
    run: async (args) => (await import("./cli/replay-originals.ts")).replayOriginals(args),
  },
  rules: {
    help: "show and change the routing rules: list, set <file>, reset",
    run: async (args) => (await import("./cli/rules.ts")).rules(args),
  },
  consents: {
    help: "show and change which consent look-ups, timelines, reports and exports ask for: list, set <use> <purpose>",
    run: async (args) => (await import("./cli/consents.ts")).consents(args),
  },
  lake: {
    help: "write what happened as Parquet, month by month: <folder> [--personal]; again, only what changed",
    run: async (args) => (await import("./cli/lake.ts")).lake(args),
  },
  "bi-role": {
    help: "make a login that reads the views for business-intelligence tools, and nothing else: --name <role>",
    run: async (args) => (await import("./cli/bi-role.ts")).biRole(args),
  },
  "print-contracts": {
    help: "print schema/schema.graphql and schema/openapi.json",
    run: async (args) => (await import("./cli/print-contracts.ts")).printContracts(args),
  },
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = "help", ...args]: string[]): Promise<number> {
  const command = COMMANDS[name];
  if (!command) return help(name);
  try {
    loadEnvFile();
    return await command.run(args);
  } catch (error) {
    const isExpected = error instanceof AppError || error instanceof ConfigError || isUsage(error);
    const unexpected = isAway(error) ? AWAY : ((error as Error).stack ?? error);
    process.stderr.write(`${isExpected ? (error as Error).message : unexpected}\n`);
    return 1;
  }
}

/** Whether `util.parseArgs` rejected an unknown option. */
function isUsage(error: unknown): boolean {
  return String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS");
}

function help(name: string): number {
  const width = Math.max(...Object.keys(COMMANDS).map((known) => known.length));
  const lines = Object.entries(COMMANDS).map(([known, command]) => `  ${known.padEnd(width)}  ${command.help}`);
  const isAsked = ["help", "--help", "-h"].includes(name);
  process[isAsked ? "stdout" : "stderr"].write(
    `${isAsked ? "" : `There is no command ${name}.\n`}Usage: npm run c360 -- <command>\n${lines.join("\n")}\n`,
  );
  return isAsked ? 0 : 1;
}
