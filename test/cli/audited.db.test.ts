import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { sql } from "../../src/db/sql.ts";
import { AUDIT_COMMANDS, type AuditAction } from "../../src/facts/audit-actions.ts";
import { administer } from "../kit/clone.ts";
import { useDatabase } from "../kit/database.ts";

// Whatever a command changes, or takes out as a whole, is in the audit.

const house = useDatabase();
const ROLE = `bi_audited_${process.pid}`;

beforeEach(() => {
  vi.stubEnv("DATABASE_URL", house.url);
  vi.stubEnv("LOG_LEVEL", "silent");
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, "write").mockReturnValue(true);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await administer(house.url, `drop owned by ${ROLE}`).catch(() => {});
  await administer(house.url, `drop role if exists ${ROLE}`);
});

/** What leaves no row, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  migrate: "the migrations are listed in the database",
  diff: "reads the tables' shapes",
  "export-customer": "its own row is in the transaction that reads",
  "verify-receipt": "asks no database",
  "verify-audit": "reads the audit's seals",
  "print-contracts": "asks no database",
};

interface Told {
  command: string;
  args: (string | (() => Promise<string>))[];
  actions: AuditAction[];
}

const folder = () => mkdtempSync(join(inject("directory"), "audited-"));
const fileOf = (name: string, text: string) => {
  const file = join(folder(), name);
  writeFileSync(file, text);
  return file;
};
const ID = "0193a3c0-0000-7000-8000-000000000001";

const importId = async () => (await house.db.orm.import.findFirstOrThrow()).id;
const holdId = async () => (await house.db.orm.legalHold.findFirstOrThrow()).id;

/** Has one of January 2025, for a folder to take. */
const oldTouchpoint = (into: string) => async () => {
  await house.db.run(sql`
    insert into touchpoints (subject_id, occurred_at, id, ingested_at, customer_id, interaction_id, source, channel, kind)
    values (${ID}::uuid, '2025-01-02Z', ${ID}::uuid, now(), ${ID}::uuid, ${ID}::uuid, 'web', 'WEB', 'PAGE_VIEW')
  `);
  return into;
};

/** Each command that changes or takes something, in an order in which each has something to do. */
function told(): Told[] {
  const rules = '- name: night\n  message: "To one desk."\n  advice: { skill: night, priority: 3 }\n';
  const backup = join(folder(), "backup");
  mkdirSync(backup);
  const archived = join(folder(), "archive");
  const calls = join(import.meta.dirname, "../../docs/examples/calls.csv");
  return [
    { command: "import", args: [calls, "--mapping", "calls", "--source", "pbx"], actions: ["file.imported"] },
    { command: "withdraw-batch", args: [importId], actions: ["import.withdrawn"] },
    { command: "keys", args: ["create", "--name", "desk", "--role", "ivr"], actions: ["key.created"] },
    { command: "keys", args: ["list"], actions: ["keys.listed"] },
    { command: "keys", args: ["revoke", "desk"], actions: ["key.revoked"] },
    { command: "sources", args: ["set", "qubit", "--rank", "10"], actions: ["source.changed"] },
    { command: "namespaces", args: ["set", "loyalty", "--kind", "ANCHOR"], actions: ["namespace.changed"] },
    { command: "rules", args: ["set", fileOf("rules.yaml", rules)], actions: ["routing-rules.changed"] },
    { command: "rules", args: ["reset"], actions: ["routing-rules.changed"] },
    { command: "consents", args: ["set", "REPORTS", "ANALYTICS"], actions: ["consent-rule.changed"] },
    { command: "rebuild", args: [], actions: ["customers.rebuilt"] },
    { command: "restitch", args: ["--dry-run"], actions: [] },
    { command: "restitch", args: [], actions: ["customers.restitched"] },
    { command: "replay-originals", args: ["qubit"], actions: ["originals.replayed"] },
    { command: "retain", args: ["set", "TOUCHPOINTS", "400"], actions: ["retention-rule.changed"] },
    { command: "retain", args: ["--dry-run"], actions: [] },
    { command: "retain", args: [], actions: ["retention.applied"] },
    { command: "retain", args: ["hold", "--customer", ID, "--reason", "a claim"], actions: ["hold.placed"] },
    { command: "retain", args: ["release", holdId], actions: ["hold.released"] },
    { command: "lake", args: [join(folder(), "lake")], actions: ["lake.written"] },
    { command: "archive", args: ["--dry-run", "--keep", "1"], actions: [] },
    { command: "archive", args: [oldTouchpoint(archived), "--keep", "1"], actions: ["months.archived"] },
    { command: "archive", args: ["--list"], actions: [] },
    { command: "restore-month", args: [archived, "2025-01"], actions: ["month.restored"] },
    { command: "bi-role", args: ["--name", ROLE], actions: ["bi-role.made"] },
    { command: "backup", args: [backup], actions: ["backup.written"] },
    { command: "restore", args: [backup, "--replace"], actions: ["backup.restored"] },
  ];
}

async function entries(): Promise<{ action: string; actorId: string | null; customerId: string | null }[]> {
  return house.db.orm.audit.findMany({ orderBy: [{ at: "asc" }, { id: "asc" }] });
}

test("each command that changes something, or takes all out, leaves a row that says so", async () => {
  const all = told();
  for (const { command, args, actions } of all) {
    const before = (await entries()).length;
    const given = await Promise.all(args.map((arg) => (typeof arg === "string" ? arg : arg())));

    expect([command, await COMMANDS[command]!.run(given)]).toEqual([command, 0]);

    const left = (await entries()).slice(before);
    expect([command, ...left.map(({ action }) => action)]).toEqual([command, ...actions]);
    expect(left.every(({ actorId }) => actorId === "command-line")).toBe(true);
  }

  const seen = all.flatMap(({ actions }) => actions);
  expect(AUDIT_COMMANDS.filter((action) => !seen.includes(action))).toEqual([]);
  const commands = new Set([...all.map(({ command }) => command), ...Object.keys(UNSEEN)]);
  expect(Object.keys(COMMANDS).filter((name) => !commands.has(name))).toEqual([]);
});
