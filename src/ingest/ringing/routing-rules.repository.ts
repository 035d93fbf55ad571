import type { Db } from "../../db/client.ts";
import { jsonOf } from "../../db/orm.ts";
import { sql } from "../../db/sql.ts";
import { DEFAULT_ROUTING_RULES, type RoutingRule } from "../../facts/routing.ts";

/** Replaces the routing rules; servers apply them when they next read the rules. */
export async function replaceRoutingRules(db: Db, rules: readonly RoutingRule[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`lock table routing_rules in share row exclusive mode`);
    await tx.orm.routingRule.deleteMany();
    await insertRules(tx, rules);
  });
}

/** Inserts the default rules into a database that has none. */
export async function ensureRoutingRules(db: Db): Promise<void> {
  if ((await db.orm.routingRule.count({ take: 1 })) === 0) await insertRules(db, DEFAULT_ROUTING_RULES);
}

async function insertRules(db: Db, rules: readonly RoutingRule[]): Promise<void> {
  const data = rules.map(({ name, isEnabled, message, matcher, advice }, position) => ({
    name,
    position: position + 1,
    isEnabled,
    message,
    matcher: jsonOf(matcher),
    advice: jsonOf(advice),
  }));
  await db.orm.routingRule.createMany({ data, skipDuplicates: true });
}
