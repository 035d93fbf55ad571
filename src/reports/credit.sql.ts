import { empty, join, type Sql, sql } from "../db/sql.ts";
import { placeOf } from "../facts/event-order.sql.ts";
import type { TouchpointKind } from "../fields/choices.ts";
import { type ConversionQuery, conversionTables } from "./conversion.sql.ts";
import type { CreditRule } from "./credit-rule.ts";
import { ownDimensionSql } from "./dimension.sql.ts";
import { events, matches, ofKind, PLACE, TOTAL_ORDER } from "./filter.sql.ts";
import type { Dimension, MatcherInput } from "./filter.type.ts";
import { areSessionsMaterialised, holdsTouches, meansCalls } from "./materialised-sessions.sql.ts";
import type { TouchDedup } from "./model.type.ts";

/** Which touches of which conversions get credit. */
export interface CreditQuery extends ConversionQuery {
  touches: MatcherInput;
  exclude?: MatcherInput | null;
  dimension: Dimension;
  touchDedup: TouchDedup;
}

/**
 * Common tables of a `with recursive`: those of the conversions, and `touches`, what led to each: (conversion, id,
 * occurred_at, sequence, channel, kind, item, is_same). A touch at the conversion's instant counts if it precedes it in the
 * total order, or is it. `item` is a key of `items_of_dimension`.
 */
export function touchTables(query: CreditQuery): Sql {
  return sql`
  ${conversionTables(query)},
  items_of_dimension as materialized (${dictionarySql(query.dimension)}),
  all_touches as (${allTouchesSql(query)}),
  touches as (${dedupSql(query.touchDedup, sql`all_touches`)})`;
}

function allTouchesSql(query: CreditQuery): Sql {
  if (!areTouchesMaterialised(query)) return touchesReadSql(query, sql`true`);
  return sql`
    -- Within a materialised session the place of a page stands for its sequence, channel, kind and id.
    select k.conversion, null::uuid as id, p.at as occurred_at, p.place::integer as sequence, null::channel as channel, null::touchpoint_kind as kind, d.item, false as is_same
    from materialised_starts k
    cross join lateral unnest(k.pages, k.page_at) with ordinality as p (item_id, at, place)
    join items_of_dimension d on d.item_id = p.item_id
    where d.item is not null
    union all
    ${touchesReadSql(query, sql`not exists (select from materialised_starts k where k.conversion = c.conversion)`)}`;
}

/** Whether the touches of conversions whose session is kept are kept with it. */
function areTouchesMaterialised(query: CreditQuery): boolean {
  const { container, sessionTimeoutMinutes, conversions } = query;
  return (
    container === "SESSION" &&
    areSessionsMaterialised(sessionTimeoutMinutes) &&
    meansCalls(conversions) &&
    holdsTouches(query)
  );
}

function touchesReadSql(query: CreditQuery, conversions: Sql): Sql {
  return sql`
    select e.conversion, e.id, e.occurred_at, e.sequence, e.channel, e.kind, ${itemOf(query.dimension)} as item, e.is_same
    from (
      select c.conversion, e.*, e.id = c.id as is_same
      from conversions c
      join starts s on s.conversion = c.conversion
      cross join lateral (
        select e.*
        from ${events(query.touches, query.exclude, query.dimension)} e
        where e.customer_id = c.customer_id
        and e.occurred_at >= s.start_at
        and e.occurred_at <= c.occurred_at
        and ${PLACE}
          <= ${placeOf(sql`c`)}
        and ${included(query)}
        -- A fence: nobody's touches but theirs are read, however few conversions the planner expects.
        offset 0
      ) e
      where ${conversions}
    ) e
    ${isKeyed(query.dimension) ? sql`join items_of_dimension d on d.item_id = e.item_id` : empty}
    where ${itemOf(query.dimension)} is not null`;
}

/** Whether `e` is a touch that may get credit. */
export function eligible(query: CreditQuery): Sql {
  return sql`${included(query)} and ${hasItem(query.dimension)}`;
}

function included({ touches, exclude }: CreditQuery): Sql {
  return exclude ? sql`${matches(touches)} and ${matches(exclude)} is not true` : matches(touches);
}

/** Whether `e` is a touch at all: it has a value along the dimension. */
export function hasItem(dimension: Dimension): Sql {
  const kind = NAMED[dimension];
  if (!kind) return sql`${ownDimensionSql(dimension)} is not null`;
  if (kind !== "ANY") return sql`(${ofKind([kind])} and e.item_id is not null)`;
  return sql`exists (select from items i where i.id = e.item_id and i.section <> '' and i.kind not in ('URL', 'CAMPAIGN'))`;
}

/**
 * `credited`: each conversion's items with the share of it that each credit rule gives them, as an array in the
 * order of the rules. Needs `touches`.
 */
export function creditTables(creditRules: readonly CreditRule[]): Sql {
  const decays = creditRules.filter((creditRule) => creditRule.kind === "DECAY");
  return sql`
  placed as (
    select
      e.conversion, e.occurred_at, e.item, e.is_same,
      (row_number() over (partition by e.conversion order by ${TOTAL_ORDER}))::float8 as p,
      (count(*) over (partition by e.conversion))::float8 as n,
      max(e.occurred_at) over (partition by e.conversion) as latest
    from touches e
  ),
  weighed as (
    select t.conversion, t.item, t.is_same, t.p, t.n, ${decaysSql(decays)} as decays
    from placed t
  ),
  credited as (
    select t.conversion, t.item, ${sharesSql(creditRules, decays)} as shares
    from weighed t
    group by t.conversion, t.item
  )`;
}

/** Halves with each half-life, and adds up to 1. Counted from the latest touch and cut off, where a float would be 0. */
function decaysSql(decays: readonly CreditRule[]): Sql {
  if (decays.length === 0) return sql`null::float8[]`;
  const normalised = decays.map((creditRule) => {
    const halfLife = creditRule.kind === "DECAY" ? creditRule.halfLifeMinutes : 1;
    const age = sql`date_part('epoch', t.occurred_at - t.latest)`;
    const weight = sql`power(2::float8, greatest(${age} / (60 * ${halfLife}::float8), -1000))`;
    return sql`${weight} / sum(${weight}) over (partition by t.conversion)`;
  });
  return sql`array[${join(normalised)}]`;
}

function sharesSql(creditRules: readonly CreditRule[], decays: readonly CreditRule[]): Sql {
  if (creditRules.length === 0) return sql`'{}'::float8[]`;
  return sql`array[${join(creditRules.map((creditRule) => shareSql(creditRule, decays)))}]`;
}

/** A credit rule's share of touches `t` of one conversion. */
export function shareSql(creditRule: CreditRule, decays: readonly CreditRule[]): Sql {
  switch (creditRule.kind) {
    case "DECAY":
      return sql`sum(t.decays[${decays.indexOf(creditRule) + 1}::int])`;
    case "SAME":
      return sql`sum(t.is_same::int)::float8`;
    case "EACH":
      return sql`1::float8`;
    case "EVEN":
      return sql`sum(1 / t.n)`;
    case "POSITION":
      return sql`sum(${positionSql(creditRule)})`;
  }
}

/** First, middle, last; two touches share as first and last do, evenly when neither has a weight. */
function positionSql({ first, middle, last }: Extract<CreditRule, { kind: "POSITION" }>): Sql {
  const all = first + middle + last;
  const ends = first + last;
  const pair = ends === 0 ? { first: 0.5, last: 0.5 } : { first: first / ends, last: last / ends };
  return sql`case
    when t.n = 1 then 1
    when t.n = 2 then case when t.p = 1 then ${pair.first}::float8 else ${pair.last}::float8 end
    when t.p = 1 then ${first / all}::float8
    when t.p = t.n then ${last / all}::float8
    else ${middle / all}::float8 / (t.n - 2)
  end`;
}

/** Of the touches in a relation (a fragment that names one), those that count. */
export function dedupSql(touchDedup: TouchDedup, relation: Sql): Sql {
  switch (touchDedup) {
    case "NONE":
      return sql`select e.* from ${relation} e`;
    case "CONSECUTIVE":
      return sql`
        select e.conversion, e.id, e.occurred_at, e.sequence, e.channel, e.kind, e.item, e.is_same
        from (
          select e.*, lag(e.item) over (partition by e.conversion order by ${TOTAL_ORDER}) as item_before
          from ${relation} e
        ) e
        where e.item is distinct from e.item_before
      `;
    case "FIRST":
      return sql`select distinct on (e.conversion, e.item) e.* from ${relation} e order by e.conversion, e.item, ${TOTAL_ORDER}`;
    case "LAST":
      return sql`
        select distinct on (e.conversion, e.item) e.*
        from ${relation} e
        order by e.conversion, e.item, e.occurred_at desc, e.sequence desc, e.channel desc, e.kind desc, e.id desc
      `;
  }
}

/** Dimensions whose values are names of the dictionary, which are counted by number and named at the end. */
const NAMED: Partial<Record<Dimension, TouchpointKind | "ANY">> = {
  PAGE: "PAGE_VIEW",
  SECTION: "ANY",
  SEARCH_TERM: "SEARCH",
  PROMPT: "PROMPT",
};

export function isKeyed(dimension: Dimension): boolean {
  return NAMED[dimension] !== undefined;
}

/** The name and section of each item of a relation (a fragment that names one), by its key as text. */
export function namesOf(dimension: Dimension, relation: Sql): Sql {
  return isKeyed(dimension)
    ? sql`select distinct d.item::text as item, d.name, d.section from items_of_dimension d`
    : sql`select distinct t.item, t.item as name, null::text as section from ${relation} t`;
}

/** One name is one item, whatever sections it was seen in. */
export function dictionarySql(dimension: Dimension): Sql {
  const kind = NAMED[dimension];
  if (!kind) return sql`select null::bigint as item_id, null::text as item, null::text as name, null::text as section`;
  if (kind === "ANY") {
    return sql`
      select i.id as item_id, min(i.id) over (partition by i.section) as item, i.section as name, null::text as section
      from items i
      where i.section <> ''
      and i.kind not in ('URL', 'CAMPAIGN')
    `;
  }
  return sql`
    select
      i.id as item_id, min(i.id) over (partition by i.name) as item, i.name,
      case when count(*) over (partition by i.name) = 1 then nullif(i.section, '') end as section
    from items i
    where i.kind = ${kind}
  `;
}

function itemOf(dimension: Dimension): Sql {
  return isKeyed(dimension) ? sql`d.item` : ownDimensionSql(dimension);
}
