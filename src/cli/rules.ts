import { readFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import type { Core } from "../core.ts";
import { DEFAULT_ROUTING_RULES, type RoutingRule, routingRules } from "../facts/routing.ts";
import { replaceRoutingRules } from "../ingest/ringing/routing-rules.repository.ts";
import { AppError } from "../kit/errors.ts";
import { noteCommand } from "./note-command.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

const USAGE = `Usage:
  npm run --silent c360 -- rules list > rules.yaml    the routing rules in force, as a file to change
  npm run c360 -- rules set rules.yaml                puts a file's rules (YAML or JSON) in their place
  npm run c360 -- rules reset                         puts the default rules in their place`;

/** Shows and changes the routing rules; running servers apply them within five seconds. */
export async function rules([verb, ...args]: string[]): Promise<number> {
  const run = { list, set, reset }[verb ?? ""];
  if (!run) throw new AppError("BAD_INPUT", USAGE);
  await withCore((core) => run(core, args));
  return 0;
}

async function list({ rules }: Core, args: string[]): Promise<void> {
  nothingMore(args, USAGE);
  process.stdout.write(stringify(rules().routing));
}

async function set({ database }: Core, [file, ...more]: string[]): Promise<void> {
  nothingMore(more, USAGE);
  if (!file) throw new AppError("BAD_INPUT", USAGE);
  await replace(database, rulesIn(await readFile(file, "utf8")));
}

async function reset({ database }: Core, args: string[]): Promise<void> {
  nothingMore(args, USAGE);
  await replace(database, DEFAULT_ROUTING_RULES);
}

async function replace(database: Core["database"], wanted: readonly RoutingRule[]): Promise<void> {
  await noteCommand(database, "routing-rules.changed", { about: `${wanted.length} rules` });
  await replaceRoutingRules(database, wanted);
  process.stdout.write(`${wanted.length} rules are in force; running servers follow within five seconds.\n`);
}

/** The rules in a file; an error says which rule is wrong and how. JSON is YAML too. */
export function rulesIn(text: string): RoutingRule[] {
  const parsed = routingRules.safeParse(documentIn(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  - ${path.join(".") || "the list"}: ${message}`);
  throw new AppError("BAD_INPUT", `The rules cannot be used:\n${faults.join("\n")}`);
}

function documentIn(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new AppError("BAD_INPUT", `The file is no YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}
