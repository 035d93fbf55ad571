import { empty, type Sql, sql } from "../../db/sql.ts";
import { inAudience } from "../audience.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { dictionarySql, isKeyed } from "../credit.sql.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { during, events, IDENTIFIED, matches, PLACE } from "../filter.sql.ts";
import type { MatcherInput } from "../filter.type.ts";
import { areKept, keepsTouches, UNKEPT } from "../kept-sessions.sql.ts";
import { sessionsSql } from "../session.sql.ts";
import type { CallPropensityInput } from "./call-propensity.type.ts";

export interface CallPropensityQuery extends CallPropensityInput {
  exposures: MatcherInput;
  conversions: MatcherInput;
}

/** One item; the row without an item is all of them together. */
export interface CallPropensityRow {
  item: string | null;
  exposures: number;
  conversions: number;
  cost: { amount: string; currency: string }[];
}

/**
 * An exposure is a customer's session with the item; it converts when a call follows within the minutes after any touch
 * of the item in it. Found from the calls backwards, of which there are fewer than touches: sessions do not overlap, so
 * the first and last touch of an item tell which exposure a touch of it belongs to.
 */
export function callPropensitySql(query: CallPropensityQuery): Sql {
  const { minimumExposures, first } = query;
  return sql`
with
  items_of_dimension as materialized (${dictionarySql(query.dimension)}),
  ${areExposuresKept(query) ? keptTables(query) : sql`exposed as materialized (${exposedSql(query, sql`true`)})`},
  followed as (${followedSql(query)}),
  exposures as (
    select x.item, count(*)::int as exposures
    from exposed x
    group by x.item
    having count(*) >= ${minimumExposures}
  ),
  conversions as (
    select f.item, count(*)::int as conversions
    from (select distinct f.item, f.customer_id, f.session from followed f) f
    group by f.item
  ),
  costs as (
    select f.item, jsonb_agg(jsonb_build_object('amount', f.amount::text, 'currency', f.currency) order by f.currency) as cost
    from (
      select f.item, f.cost_currency as currency, sum(f.cost_amount) as amount
      from (select distinct f.item, f.id, f.cost_amount, f.cost_currency from followed f where f.cost_amount is not null) f
      group by f.item, f.cost_currency
    ) f
    group by f.item
  ),
  named as (${namedSql(query)})
(
  select
    n.name as item, x.exposures, coalesce(c.conversions, 0) as conversions, coalesce(m.cost, '[]') as cost
  from exposures x
  join named n on n.item = x.item
  left join conversions c on c.item = x.item
  left join costs m on m.item = x.item
  order by coalesce(c.conversions, 0)::float8 / x.exposures desc, x.exposures desc, n.name collate "C"
  limit ${first}
)
union all
select
  null,
  (select count(*) from (select distinct x.customer_id, x.session from exposed x) x)::int,
  (select count(*) from (select distinct f.customer_id, f.session from followed f) f)::int,
  '[]'
`;
}

function areExposuresKept({ exposures, dimension, sessionTimeoutMinutes }: CallPropensityQuery): boolean {
  return areKept(sessionTimeoutMinutes) && keepsTouches({ touches: exposures, dimension });
}

/** `exposed` out of the sessions that are kept; those of the other customers are cut anew. */
function keptTables(query: CallPropensityQuery): Sql {
  const { period, audience } = query;
  return sql`
  ${UNKEPT},
  exposed as materialized (
    select d.item, e.customer_id, extract(epoch from e.start_at)::bigint as session, min(p.at) as first_at, max(p.at) as last_at
    from customer_sessions e
    cross join lateral unnest(e.pages, e.page_at) as p (item_id, at)
    join items_of_dimension d on d.item_id = p.item_id
    where e.start_at < ${period.to}
    and e.end_at >= ${period.from}
    and p.at >= ${period.from}
    and p.at < ${period.to}
    and d.item is not null
    and e.customer_id not in (select u.customer_id from unkept u)
    and ${IDENTIFIED}
    and ${inAudience(audience, period)}
    group by d.item, e.customer_id, e.start_at
    union all
    (${exposedSql(query, sql`e.customer_id in (select u.customer_id from unkept u)`)})
  )`;
}

/** The sessions with each item, and when the item was first and last touched in it. */
function exposedSql(query: CallPropensityQuery, customers: Sql): Sql {
  const { period, exposures, dimension, audience, sessionTimeoutMinutes } = query;
  const sessions = sessionsSql({
    from: events(exposures, dimension),
    columns: sql`
        e.item_id, ${isKeyed(dimension) ? sql`null::text` : dimensionSql(dimension)} as item_text,
        (${isExposure(query)}) is true as is_exposure`,
    customers: sql`${IDENTIFIED} and ${inAudience(audience, period)} and ${customers}`,
    timeoutMinutes: sessionTimeoutMinutes,
    since: period.from,
    until: period.to,
  });
  const item = isKeyed(dimension) ? sql`d.item` : sql`e.item_text`;
  return sql`
    select ${item} as item, e.customer_id, e.session, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
    from (${sessions}) e
    ${isKeyed(dimension) ? sql`join items_of_dimension d on d.item_id = e.item_id` : empty}
    where e.is_exposure
    and ${item} is not null
    group by ${item}, e.customer_id, e.session
  `;
}

/** The exposures that each call followed, once for each touch that it did. */
function followedSql(query: CallPropensityQuery): Sql {
  const { period, exposures, conversions, dimension, withinMinutes } = query;
  const within = minutes(withinMinutes);
  return sql`
    select x.item, x.customer_id, x.session, c.id, c.cost_amount, c.cost_currency
    from (
      select e.customer_id, e.id, e.occurred_at, e.sequence, e.channel, e.cost_amount, e.cost_currency
      from ${events(conversions)} e
      where e.occurred_at >= ${period.from}
      and e.occurred_at < ${period.to}::timestamptz + ${within}
      and ${matches(conversions)}
    ) c
    cross join lateral (
      select ${isKeyed(dimension) ? sql`e.item_id` : sql`${dimensionSql(dimension)} as item`}, e.occurred_at
      from ${events(exposures, dimension)} e
      where e.customer_id = c.customer_id
      and e.occurred_at >= c.occurred_at - ${within}
      and e.occurred_at <= c.occurred_at
      and ${PLACE} < (c.occurred_at, coalesce(c.sequence, 2147483647), c.channel, c.id)
      and ${isExposure(query)}
      offset 0
    ) t
    ${isKeyed(dimension) ? sql`join items_of_dimension d on d.item_id = t.item_id` : empty}
    join exposed x
      on x.customer_id = c.customer_id
      and x.item = ${isKeyed(dimension) ? sql`d.item` : sql`t.item`}
      and t.occurred_at between x.first_at and x.last_at
  `;
}

/** Whether `e`, of whoever counts, is a touch that a call may follow. */
function isExposure({ period, exposures }: CallPropensityQuery): Sql {
  return sql`${during(period)} and ${matches(exposures)}`;
}

function namedSql({ dimension }: CallPropensityQuery): Sql {
  return isKeyed(dimension)
    ? sql`select distinct d.item, d.name from items_of_dimension d`
    : sql`select x.item, x.item as name from exposures x`;
}
