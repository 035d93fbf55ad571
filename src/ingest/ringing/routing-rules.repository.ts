import type { Db } from "../../db/client.ts";
import { jsonOf } from "../../db/orm.ts";
import { sql } from "../../db/sql.ts";
import { DEFAULT_ROUTING_RULES, type RoutingRule } from "../../facts/routing.ts";

/** Puts these rules in the place of those that were there; servers follow them as soon as they read the rules again. */
export async function replaceRoutingRules(db: Db, rules: readonly RoutingRule[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`lock table routing_rules in share row exclusive mode`);
    await tx.orm.routingRule.deleteMany();
    await insertRules(tx, rules);
  });
}

/** Gives a database that has no rules the default ones. */
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
