import { int, list, money, type RowOf, row, text } from "../../db/row.ts";
import { empty, type Sql, sql } from "../../db/sql.ts";
import { placeOf } from "../../facts/event-order.sql.ts";
import { inAudience } from "../audience.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { dictionarySql, isKeyed } from "../credit.sql.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { during, events, IDENTIFIED, matches, PLACE } from "../filter.sql.ts";
import type { MatcherInput } from "../filter.type.ts";
import { UNMATERIALISED_CUSTOMERS } from "../materialised-sessions.sql.ts";
import { sessionsSql } from "../session.sql.ts";
import type { CallPropensityInput } from "./call-propensity.type.ts";
import { asksOfSessions, followedPathsSql, metSql, wholeSql } from "./materialised-exposures.sql.ts";

export interface CallPropensityQuery extends CallPropensityInput {
  exposures: MatcherInput;
  conversions: MatcherInput;
}

/** One item; the row without an item is all of them together. */
export const CallPropensityRow = row({
  item: text.nullable(),
  exposures: int,
  conversions: int,
  cost: list(money),
});
export type CallPropensityRow = RowOf<typeof CallPropensityRow>;

/**
 * An exposure is a customer's session with the item; it converts when a call follows within the minutes after any touch
 * of the item in it. Found from the calls backwards, of which there are fewer than touches: sessions do not overlap, so
 * the first and last touch of an item tell which exposure a touch of it belongs to.
 */
export function callPropensitySql(query: CallPropensityQuery): Sql {
  const { minimumExposures, first } = query;
  const isMaterialised = asksOfSessions(query);
  const others = isMaterialised ? sql`e.customer_id in (${UNMATERIALISED_CUSTOMERS})` : sql`true`;
  return sql`
with
  items_of_dimension as materialized (${dictionarySql(query.dimension)}),
  ${isMaterialised ? sql`met as materialized (${metSql(query)}), whole as materialized (${wholeSql(query)}),` : empty}
  exposed as materialized (${exposedSql(query, others)}),
  followed as (
    ${followedSql(query, others)}
    ${isMaterialised ? sql`union all ${followedPathsSql(query)}` : empty}
  ),
  named as (${namedSql(query)}),
  exposures as (
    select x.item, sum(x.exposures)::int as exposures
    from (
      select e.item, count(*) as exposures from exposed e group by e.item
      ${isMaterialised ? MATERIALISED_EXPOSURES : empty}
    ) x
    group by x.item
    having sum(x.exposures) >= ${minimumExposures}
  ),
  ${CONVERTED}
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
  (
    (select count(*) from (select distinct x.customer_id, x.session from exposed x) x)
    ${isMaterialised ? MATERIALISED_SESSIONS : empty}
  )::int,
  (select count(*) from (select distinct v.customer_id, v.session from converted v) v)::int,
  '[]'
`;
}

/** How often each item was followed, and at what cost. */
const CONVERTED = sql`
  converted as materialized (
    select distinct f.item, f.customer_id, f.session
    from followed f
  ),
  conversions as (
    select v.item, count(*)::int as conversions
    from converted v
    group by v.item
  ),
  costs as (
    select f.item, jsonb_agg(jsonb_build_object('amount', f.amount::text, 'currency', f.currency) order by f.currency) as cost
    from (
      select f.item, f.cost_currency as currency, sum(f.cost_amount) as amount
      from (select distinct f.item, f.id, f.cost_amount, f.cost_currency from followed f where f.cost_amount is not null) f
      group by f.item, f.cost_currency
    ) f
    group by f.item
  )`;

const MATERIALISED_EXPOSURES = sql`
      union all
      select m.item, count(*) from met m group by m.item
      union all
      select n.item, w.exposures from whole w join named n on n.name = w.name`;

const MATERIALISED_SESSIONS = sql`
    + (select count(*) from (select distinct m.session from met m) m)
    + (select coalesce(sum(w.exposures), 0) from whole w where w.name is null)`;

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
function followedSql(query: CallPropensityQuery, customers: Sql): Sql {
  const { period, exposures, conversions, dimension, withinMinutes } = query;
  const within = minutes(withinMinutes);
  return sql`
    select x.item, x.customer_id, x.session, c.id, c.cost_amount, c.cost_currency
    from (
      select e.customer_id, e.id, e.occurred_at, e.sequence, e.channel, e.kind, e.cost_amount, e.cost_currency
      from ${events(conversions)} e
      where e.occurred_at >= ${period.from}
      and e.occurred_at < ${period.to}::timestamptz + ${within}
      and ${matches(conversions)}
      and ${customers}
    ) c
    cross join lateral (
      select ${isKeyed(dimension) ? sql`e.item_id` : sql`${dimensionSql(dimension)} as item`}, e.occurred_at
      from ${events(exposures, dimension)} e
      where e.customer_id = c.customer_id
      and e.occurred_at >= c.occurred_at - ${within}
      and e.occurred_at <= c.occurred_at
      and ${PLACE} < ${placeOf(sql`c`)}
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

/** Whether `e`, of a customer who counts, is a touch that a call may follow. */
function isExposure({ period, exposures }: CallPropensityQuery): Sql {
  return sql`${during(period)} and ${matches(exposures)}`;
}

function namedSql({ dimension }: CallPropensityQuery): Sql {
  return isKeyed(dimension)
    ? sql`select distinct d.item, d.name from items_of_dimension d`
    : sql`select distinct x.item, x.item as name from exposed x`;
}
