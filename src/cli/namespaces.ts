import { parseArgs } from "node:util";
import type { Database } from "../db/client.ts";
import type { NamespaceRule } from "../facts/identity.ts";
import { type Rules, ruleOf } from "../facts/rules.ts";
import { saveNamespace } from "../identity/rules.repository.ts";
import { AppError } from "../kit/errors.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage:
  npm run c360 -- namespaces list
  npm run c360 -- namespaces set <name> [--kind ANCHOR|PERSONAL|CARRIER] [--rank 35] [--limit 3] [--aliases a,b]
      [--ambiguous true|false] [--oldest true|false]
What is left out stays as it is; --limit "" takes a limit away. Afterwards \`npm run restitch -- --dry-run\` says how many
customers the change would change, and \`npm run restitch\` applies it to what is stored.`;

const KINDS = ["ANCHOR", "PERSONAL", "CARRIER"] as const;

/** Lists and changes identity namespaces. */
export async function namespaces([verb, ...args]: readonly string[]): Promise<number> {
  const run = { list, set }[verb ?? ""];
  if (!run) throw new AppError("BAD_INPUT", USAGE);
  await withCore((core) => run(core.database, core.rules(), args));
  return 0;
}

async function list(_: Database, rules: Rules, args: readonly string[]): Promise<void> {
  nothingMore(args, USAGE);
  for (const rule of new Set(rules.namespaces.values())) process.stdout.write(`${JSON.stringify(rule)}\n`);
}

async function set(database: Database, rules: Rules, args: readonly string[]): Promise<void> {
  const rule = namespaceIn(args, rules);
  await noteCommand(database, "namespace.changed", { about: `namespace ${rule.name}` });
  await saveNamespace(database, rule);
  process.stdout.write(`${JSON.stringify(rule)}\n`);
}

/** A namespace as these arguments change it; a setting that would do nothing is refused. */
export function namespaceIn(args: readonly string[], rules: Rules): NamespaceRule {
  const text = { type: "string" } as const;
  const options = { kind: text, rank: text, limit: text, aliases: text, ambiguous: text, oldest: text };
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [name, ...more] = positionals;
  if (!name || more.length > 0 || !/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new AppError("BAD_INPUT", USAGE);
  if (Object.keys(values).length === 0) throw new AppError("BAD_INPUT", USAGE);
  return withEffect(changed(ruleOf(rules, name) ?? fresh(name, values.kind), values));
}

/** What stitching never asks of a namespace of this kind. */
function withEffect(rule: NamespaceRule): NamespaceRule {
  const { kind, limit, isAmbiguous, isOldest } = rule;
  const idle =
    (kind === "ANCHOR" &&
      limit !== null &&
      limit > 1 &&
      "evidence never joins two anchors of one namespace: no --limit above 1") ||
    (kind === "ANCHOR" && isAmbiguous && "an anchor's time is never divided: no --ambiguous") ||
    (kind === "CARRIER" && limit !== null && 'a carrier joins nobody: no --limit (--limit "" takes one away)') ||
    (kind === "CARRIER" && isOldest && "a carrier joins nobody: no --oldest");
  if (idle) throw new AppError("BAD_INPUT", `It would do nothing, since ${idle}.`);
  return rule;
}

function fresh(name: string, kind: string | undefined): NamespaceRule {
  if (!kind) throw new AppError("BAD_INPUT", "A new namespace needs --kind.");
  return { name, kind: kindOf(kind), rank: 1_000, limit: null, aliases: [], isAmbiguous: false, isOldest: false };
}

type Given = Partial<Record<string, string>>;

function changed(now: NamespaceRule, given: Given): NamespaceRule {
  return {
    name: now.name,
    kind: given.kind === undefined ? now.kind : kindOf(given.kind),
    rank: given.rank === undefined ? now.rank : whole("--rank", given.rank),
    limit: given.limit === undefined ? now.limit : given.limit === "" ? null : whole("--limit", given.limit),
    aliases: given.aliases === undefined ? now.aliases : given.aliases.split(",").filter((alias) => alias !== ""),
    isAmbiguous: given.ambiguous === undefined ? now.isAmbiguous : truth("--ambiguous", given.ambiguous),
    isOldest: given.oldest === undefined ? now.isOldest : truth("--oldest", given.oldest),
  };
}

function kindOf(text: string): NamespaceRule["kind"] {
  const kind = KINDS.find((known) => known === text);
  if (!kind) throw new AppError("BAD_INPUT", `--kind takes one of ${KINDS.join(", ")}.`);
  return kind;
}

function truth(option: string, text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new AppError("BAD_INPUT", `${option} takes true or false.`);
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new AppError("BAD_INPUT", `${option} takes a whole number from 1.`);
  return value;
}
