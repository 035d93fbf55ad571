import { empty, join, type Sql, sql } from "../../db/sql.ts";
import { type CreditQuery, dictionarySql, shareSql } from "../credit.sql.ts";
import type { CreditRule } from "../credit-rule.ts";
import { IDENTIFIED } from "../filter.sql.ts";
import { areSessionsMaterialised, holdsTouches, isMaterialised, isOnly } from "../materialised-sessions.sql.ts";

// The question asked most, which pages lead to calls, out of the pages that are kept with each call (call_paths).

/** Whether the paths of calls hold all that is asked: each call once, all of them, and every page of its session. */
export function asksOfPaths(query: CreditQuery): boolean {
  const { container, sessionTimeoutMinutes, conversions, dedup, measure, splitBy, audience, dimension } = query;
  const isEachCall = isOnly("CALL", conversions) && dedup == null && measure === "COUNT";
  const isEverybody = splitBy == null && audience == null && query.lookbackMinutes == null;
  const isEachPage = dimension === "PAGE" && query.touchDedup === "NONE" && holdsTouches(query);
  return (
    container === "SESSION" && areSessionsMaterialised(sessionTimeoutMinutes) && isEachCall && isEverybody && isEachPage
  );
}

/** The calls `e` of the period whose path is kept. */
function paths({ period }: CreditQuery): Sql {
  return sql`
    select e.*, ${IDENTIFIED} as is_known
    from call_paths e
    where e.at >= ${period.from}
    and e.at < ${period.to}
    and ${isMaterialised(sql`e`)}`;
}

/** How many calls have touches, and how many of the others have none for what reason. */
export function materialisedCounts(query: CreditQuery): Sql {
  return sql`
    select
      case
        when not c.is_known then 'NO_IDENTITY'
        when cardinality(c.pages) > 0 then 'TOUCHED'
        when c.came_before then 'OUT_OF_SESSION'
        else 'NO_TOUCH_IN_WINDOW'
      end as part,
      count(*)::int as calls
    from (${paths(query)}) c
    group by part`;
}

/**
 * The credit of each item. A path has its pages in order, so that places, and what the weights of a decay add up to, need
 * no window over all touches; nothing here is shared with the rest of the statement, so that PostgreSQL may use all cores.
 */
export function materialisedTotals(query: CreditQuery, creditRules: readonly CreditRule[]): Sql {
  const decays = creditRules.filter((creditRule) => creditRule.kind === "DECAY");
  const weights = decays.map(({ halfLifeMinutes }) => (at: Sql) => {
    const age = sql`date_part('epoch', ${at} - c.page_at[cardinality(c.page_at)])`;
    return sql`power(2::float8, greatest(${age} / (60 * ${halfLifeMinutes}::float8), -1000))`;
  });
  const sums = weights.map((weight) => sql`sum(${weight(sql`a.at`)})`);
  const shares = weights.map((weight, i) => sql`${weight(sql`p.at`)} / w.sums[${i + 1}::int]`);
  const weighed = sql`cross join lateral (select array[${join(sums.length > 0 ? sums : [sql`1`])}] as sums from unnest(c.page_at) as a (at)) w`;
  return sql`
    select t.item, null::text as split, (count(*) filter (where t.is_first))::int as conversions, ${creditsSql(creditRules, decays)} as credits
    from (
      select
        d.item, p.place::float8 as p, cardinality(c.pages)::float8 as n, false as is_same,
        ${decays.length > 0 ? sql`array[${join(shares)}]` : sql`null::float8[]`} as decays,
        case
          when d.aliases is null then array_position(c.pages, p.item_id)
          else (select min(array_position(c.pages, a.id)) from unnest(d.aliases) as a (id))
        end = p.place as is_first
      from (${paths(query)}) c
      ${decays.length > 0 ? weighed : empty}
      cross join lateral unnest(c.pages, c.page_at) with ordinality as p (item_id, at, place)
      join (${aliasedSql(query)}) d on d.item_id = p.item_id
      where c.is_known
    ) t
    group by t.item`;
}

/** The dictionary, with all the ids of a name that has several. */
function aliasedSql({ dimension }: CreditQuery): Sql {
  return sql`
        select
          d.item_id, d.item,
          case when count(*) over (partition by d.item) > 1 then array_agg(d.item_id) over (partition by d.item) end as aliases
        from (${dictionarySql(dimension)}) d`;
}

/** What each credit rule gives; PARTICIPATION gives a call's item once, however often it was touched. */
function creditsSql(creditRules: readonly CreditRule[], decays: readonly CreditRule[]): Sql {
  if (creditRules.length === 0) return sql`'{}'::float8[]`;
  const credits = creditRules.map((creditRule) =>
    creditRule.kind === "EACH" ? sql`(count(*) filter (where t.is_first))::float8` : shareSql(creditRule, decays),
  );
  return sql`array[${join(credits)}]`;
}
