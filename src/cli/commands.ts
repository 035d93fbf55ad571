/** A command: its help line, and its module, loaded only when it runs. */
export interface Command {
  help: string;
  run(args: string[]): Promise<number>;
}

/** Every command; a new one is a line here and a file beside this one. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  import: {
    help: "take a file in: npm run import -- <file> --mapping <file or shipped name>",
    run: async (args) => (await import("./import.ts")).importFile(args),
  },
  keys: {
    help: "create, list and revoke API keys",
    run: async (args) => (await import("./keys.ts")).keys(args),
  },
  migrate: {
    help: "bring the database to this version",
    run: async (args) => (await import("./migrate.ts")).migrateNow(args),
  },
  diff: {
    help: "print the SQL that would turn the database into schema.prisma",
    run: async (args) => (await import("./migrate.ts")).printDiff(args),
  },
  sources: {
    help: "list and change the settings of sending systems",
    run: async (args) => (await import("./sources.ts")).sources(args),
  },
  namespaces: {
    help: "list and change what identity namespaces mean to stitching",
    run: async (args) => (await import("./namespaces.ts")).namespaces(args),
  },
  rebuild: {
    help: "recompute all that is derived from the evidence, and say what that changed",
    run: async (args) => (await import("./rebuild.ts")).rebuildNow(args),
  },
  restitch: {
    help: "apply changed rules to what is stored; --dry-run says how many customers that would change",
    run: async (args) => (await import("./rebuild.ts")).restitchNow(args),
  },
  "withdraw-batch": {
    help: "undo a bad import, by the id of its batch or of the whole import",
    run: async (args) => (await import("./withdraw-batch.ts")).withdrawBatchOf(args),
  },
  "export-customer": {
    help: "write all that is held of a customer: <customer id> [--page]",
    run: async (args) => (await import("./export-customer.ts")).exportCustomerTo(args),
  },
  backup: {
    help: "write all that the database holds into a new folder, while servers run: <folder>",
    run: async (args) => (await import("./backup.ts")).backup(args),
  },
  restore: {
    help: "make the database what it was in a backup: <folder> [--replace]",
    run: async (args) => (await import("./backup.ts")).restore(args),
  },
  retain: {
    help: "how long things are kept, legal holds, and letting go of what is kept no longer: [--dry-run], set, hold, release, holds, runs",
    run: async (args) => (await import("./retain.ts")).retainNow(args),
  },
  "verify-receipt": {
    help: "check a receipt of forgetting, offline: <file> [--public-key <base64>]",
    run: async (args) => (await import("./verify-receipt.ts")).verifyReceipt(args),
  },
  "verify-audit": {
    help: "check that no row of the audit was deleted or changed",
    run: async (args) => (await import("./verify-audit.ts")).verifyAudit(args),
  },
  "replay-originals": {
    help: "read the kept messages of a connector again, as it reads them now",
    run: async (args) => (await import("./replay-originals.ts")).replayOriginals(args),
  },
  rules: {
    help: "show and change the routing rules: list, set <file>, reset",
    run: async (args) => (await import("./rules.ts")).rules(args),
  },
  consents: {
    help: "show and change which consent look-ups, timelines, reports and exports ask for: list, set <use> <purpose>",
    run: async (args) => (await import("./consents.ts")).consents(args),
  },
  lake: {
    help: "write what happened as Parquet, month by month: <folder> [--personal]; again, only what changed",
    run: async (args) => (await import("./lake.ts")).lake(args),
  },
  archive: {
    help: "move touchpoints of closed months into files: <folder> --keep <months>; --dry-run, --list",
    run: async (args) => (await import("./archive.ts")).archive(args),
  },
  "restore-month": {
    help: "bring the touchpoints of a month back out of the archive: <folder> <month, such as 2025-01>",
    run: async (args) => (await import("./archive.ts")).restoreOne(args),
  },
  "bi-role": {
    help: "make a login that reads the views for business-intelligence tools, and nothing else: --name <role>",
    run: async (args) => (await import("./bi-role.ts")).biRole(args),
  },
  "print-contracts": {
    help: "print schema/schema.graphql and schema/openapi.json",
    run: async (args) => (await import("./print-contracts.ts")).printContracts(args),
  },
};
