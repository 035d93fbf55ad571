import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { NamespaceRule, SourceSettings } from "../facts/identity.ts";
import { type RoutingRule, routingRule } from "../facts/routing.ts";
import type { Rules } from "../facts/rules.ts";
import { DEFAULT_NAMESPACES } from "./namespaces.ts";

/** The rules as the database holds them now. */
export async function findRules(db: Db, defaultRegion: string): Promise<Rules> {
  const namespaces = await db.query<NamespaceRule>(sql`
    select name, kind, rank, value_limit as "limit", aliases, is_ambiguous as "isAmbiguous", is_oldest as "isOldest"
    from namespaces
    order by rank
  `);
  const sources = await db.query<SourceSettings>(sql`
    select
      name, default_region as "defaultRegion", time_zone as "timeZone", anchor_issuer as "anchorIssuer",
      keep_kinds::text[] as "keepKinds", foreign_prefixes as "foreignPrefixes", own_numbers as "ownNumbers", rank,
      volatile_fields as "volatileFields"
    from sources
  `);
  const routing = await db.query(sql`
    select name, is_enabled as "isEnabled", message, matcher, advice from routing_rules order by position, name
  `);
  const named = namespaces.flatMap((rule) =>
    [rule.name, ...rule.aliases].map((name) => [name.toLowerCase(), rule] as const),
  );
  return {
    namespaces: new Map(named),
    sources: new Map(sources.map((source) => [source.name, source])),
    routing: routing.flatMap(ruleIn),
    defaultRegion,
  };
}

/** A rule that somebody wrote past the schema is left out rather than in the way of a call. */
function ruleIn(stored: unknown): RoutingRule[] {
  const parsed = routingRule.safeParse(stored);
  return parsed.success ? [parsed.data] : [];
}

/** Gives a new database the namespaces that the field knows; those that are there stay as somebody set them. */
export async function ensureNamespaces(db: Db): Promise<void> {
  const rows = DEFAULT_NAMESPACES.map((rule) => ({
    ...rule,
    value_limit: rule.limit,
    is_ambiguous: rule.isAmbiguous,
    is_oldest: rule.isOldest,
  }));
  await db.query(sql`
    insert into namespaces
    select * from jsonb_populate_recordset(null::namespaces, ${JSON.stringify(rows)}::jsonb)
    on conflict (name) do nothing
  `);
}

/** Changes what one namespace means; `restitch` then applies it to what is stored. */
export async function saveNamespace(db: Db, rule: NamespaceRule): Promise<void> {
  await db.query(sql`
    insert into namespaces (name, kind, rank, value_limit, aliases, is_ambiguous, is_oldest)
    values (
      ${rule.name}, ${rule.kind}::identity_kind, ${rule.rank}, ${rule.limit}, ${[...rule.aliases]}::text[],
      ${rule.isAmbiguous}, ${rule.isOldest}
    )
    on conflict (name) do update set
      kind = excluded.kind, rank = excluded.rank, value_limit = excluded.value_limit, aliases = excluded.aliases,
      is_ambiguous = excluded.is_ambiguous, is_oldest = excluded.is_oldest
  `);
}

/** Stores the settings of one sending system; records that come after follow them. */
export async function saveSource(db: Db, source: SourceSettings): Promise<void> {
  await db.query(sql`
    insert into sources (
      name, default_region, time_zone, anchor_issuer, keep_kinds, foreign_prefixes, own_numbers, rank, volatile_fields
    )
    values (
      ${source.name}, ${source.defaultRegion}, ${source.timeZone}, ${source.anchorIssuer},
      ${[...source.keepKinds]}::touchpoint_kind[], ${[...source.foreignPrefixes]}::text[],
      ${[...source.ownNumbers]}::text[], ${source.rank}, ${[...source.volatileFields]}::text[]
    )
    on conflict (name) do update set
      default_region = excluded.default_region, time_zone = excluded.time_zone,
      anchor_issuer = excluded.anchor_issuer, keep_kinds = excluded.keep_kinds,
      foreign_prefixes = excluded.foreign_prefixes, own_numbers = excluded.own_numbers, rank = excluded.rank,
      volatile_fields = excluded.volatile_fields
  `);
}
