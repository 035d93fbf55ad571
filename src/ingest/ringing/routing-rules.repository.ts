import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";
import { DEFAULT_ROUTING_RULES, type RoutingRule } from "../../facts/routing.ts";

/** Puts these rules in the place of those that were there; servers follow them as soon as they read the rules again. */
export async function replaceRoutingRules(db: Db, rules: readonly RoutingRule[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`lock table routing_rules in share row exclusive mode`);
    await tx.query(sql`delete from routing_rules`);
    await insertRules(tx, rules);
  });
}

/** Gives a database that has no rules the default ones. */
export async function ensureRoutingRules(db: Db): Promise<void> {
  const [found] = await db.query<{ isEmpty: boolean }>(sql`
    select not exists (select from routing_rules) as "isEmpty"
  `);
  if (found?.isEmpty) await insertRules(db, DEFAULT_ROUTING_RULES);
}

async function insertRules(db: Db, rules: readonly RoutingRule[]): Promise<void> {
  const rows = rules.map(({ isEnabled, ...rule }, position) => ({
    ...rule,
    is_enabled: isEnabled,
    position: position + 1,
  }));
  await db.query(sql`
    insert into routing_rules (name, position, is_enabled, message, matcher, advice)
    select name, position, is_enabled, message, matcher, advice
    from jsonb_populate_recordset(null::routing_rules, ${JSON.stringify(rows)}::jsonb)
    on conflict (name) do nothing
  `);
}
