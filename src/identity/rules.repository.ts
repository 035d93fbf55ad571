import type { Db } from "../db/client.ts";
import type { NamespaceRule, SourceSettings } from "../facts/identity.ts";
import { isRedacted } from "../facts/redacting/redact-text.ts";
import { type RoutingRule, routingRule } from "../facts/routing.ts";
import type { Rules } from "../facts/rules.ts";
import { DEFAULT_NAMESPACES } from "./namespaces.ts";

/** The rules as they are stored now. */
export async function findRules(db: Db, defaultRegion: string): Promise<Rules> {
  const { orm } = db;
  const namespaces = await orm.namespace.findMany({ omit: { description: true }, orderBy: { rank: "asc" } });
  const sources = await orm.source.findMany();
  const routing = await orm.routingRule.findMany({
    omit: { position: true },
    orderBy: [{ position: "asc" }, { name: "asc" }],
  });
  const named = namespaces.flatMap((rule) =>
    [rule.name, ...rule.aliases].map((name) => [name.toLowerCase(), rule] as const),
  );
  return {
    namespaces: new Map(named),
    sources: new Map(sources.map((source) => [source.name, { ...source, redacts: source.redacts.filter(isRedacted) }])),
    routing: routing.flatMap(ruleIn),
    defaultRegion,
  };
}

/** A rule that was written to the table past the validator is ignored, so that it cannot stop a call. */
function ruleIn(stored: unknown): RoutingRule[] {
  const parsed = routingRule.safeParse(stored);
  return parsed.success ? [parsed.data] : [];
}

/** Inserts the usual namespaces into a new database; existing ones are not changed. */
export async function ensureNamespaces(db: Db): Promise<void> {
  await db.orm.namespace.createMany({ data: DEFAULT_NAMESPACES.map(namespaceRow), skipDuplicates: true });
}

/** Changes one namespace; `restitch` then applies the change to what is stored. */
export async function saveNamespace(db: Db, rule: NamespaceRule): Promise<void> {
  const row = namespaceRow(rule);
  await db.orm.namespace.upsert({ where: { name: rule.name }, create: row, update: row });
}

/** Stores the settings of a source; they apply to the records that come after. */
export async function saveSource(db: Db, source: SourceSettings): Promise<void> {
  const row = sourceRow(source);
  await db.orm.source.upsert({ where: { name: source.name }, create: row, update: row });
}

/** The same where nobody has set the source up. */
export async function addSource(db: Db, source: SourceSettings): Promise<void> {
  await db.orm.source.createMany({ data: [sourceRow(source)], skipDuplicates: true });
}

function sourceRow(source: SourceSettings) {
  const { keepKinds, foreignPrefixes, ownNumbers, volatileFields, redacts, ...plain } = source;
  return {
    ...plain,
    keepKinds: [...keepKinds],
    foreignPrefixes: [...foreignPrefixes],
    ownNumbers: [...ownNumbers],
    volatileFields: [...volatileFields],
    redacts: [...redacts],
  };
}

const namespaceRow = (rule: NamespaceRule) => ({ ...rule, aliases: [...rule.aliases] });
