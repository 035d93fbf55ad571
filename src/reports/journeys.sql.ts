import { float, int, list, type RowOf, row, text } from "../db/row.ts";
import { empty, type Sql, sql } from "../db/sql.ts";
import { inAudience } from "./audience.sql.ts";
import { type CreditQuery, dedupSql, eligible, isKeyed, namesOf, touchTables } from "./credit.sql.ts";
import { dimensionSql } from "./dimension.sql.ts";
import { during, events, IDENTIFIED, matches, TOTAL_ORDER } from "./filter.sql.ts";
import { sessionsSql } from "./session.sql.ts";

/** Journeys along the same items, and what became of them. */
export const JourneyRow = row({
  /** The items in their order, repeats included. */
  path: list(text),
  sections: list(text.nullable()),
  /** Of the conversions; null for journeys without one. */
  split: text.nullable(),
  conversions: int,
  /** What the conversions are worth together. */
  value: float,
  misses: int,
});
export type JourneyRow = RowOf<typeof JourneyRow>;

/**
 * A journey that converted is what led to one conversion. One that did not is a session of the period (or all that a
 * customer did in it) with touches and no conversion.
 */
export function journeysSql(query: CreditQuery): Sql {
  return sql`
with recursive
  ${touchTables(query)},
  session_events as (${sessionEventsSql(query)}),
  all_unconverted as (
    select
      -(dense_rank() over (order by e.customer_id, e.session))::int as conversion,
      e.id, e.occurred_at, e.sequence, e.channel, e.kind, e.item, false as is_same
    from (
      select e.*, bool_or(e.is_conversion) over (partition by e.customer_id, e.session) as has_converted
      from (
        select e.*, ${isKeyed(query.dimension) ? sql`d.item` : sql`e.item_text`} as item
        from session_events e
        ${isKeyed(query.dimension) ? sql`left join items_of_dimension d on d.item_id = e.item_id` : empty}
      ) e
    ) e
    where e.is_touch
    and not e.has_converted
  ),
  unconverted as (${dedupSql(query.touchDedup, sql`all_unconverted`)}),
  steps as (
    select * from touches
    union all
    select * from unconverted
  ),
  journeys as (
    select e.conversion, array_agg(e.item::text order by ${TOTAL_ORDER}) as path
    from steps e
    group by e.conversion
  ),
  named as (${namesOf(query.dimension, sql`steps`)})
select
  array(select n.name from unnest(j.path) with ordinality as p (item, place) join named n using (item) order by place) as path,
  array(select n.section from unnest(j.path) with ordinality as p (item, place) join named n using (item) order by place) as sections,
  j.split, j.conversions, j.value, j.misses
from (
  select j.path, c.split, count(c.id)::int as conversions, coalesce(sum(c.value), 0) as value, count(*) filter (where c.id is null)::int as misses
  from journeys j
  left join conversions c on c.conversion = j.conversion
  group by j.path, c.split
) j
order by j.path, j.split
`;
}

/** The period's events of identified customers of the audience, each with the number of its session; 0 in the CUSTOMER container. */
function sessionEventsSql(query: CreditQuery): Sql {
  const { period, audience, conversions, touches, exclude, dimension, container, sessionTimeoutMinutes } = query;
  const from = events(conversions, touches, exclude, dimension);
  const customers = sql`${IDENTIFIED} and ${inAudience(audience, period)}`;
  const columns = sql`
        e.item_id,
        ${isKeyed(dimension) ? sql`null::text` : dimensionSql(dimension)} as item_text,
        (${during(period)} and ${matches(conversions)}) is true as is_conversion,
        (${during(period)} and ${eligible(query)}) is true as is_touch`;
  if (container === "CUSTOMER") {
    return sql`
    select e.customer_id, e.id, e.occurred_at, e.sequence, e.channel, e.kind, 0 as session, ${columns}
    from ${from} e
    where ${during(period)}
    and ${customers}`;
  }
  return sessionsSql({
    from,
    columns,
    customers,
    timeoutMinutes: sessionTimeoutMinutes,
    since: period.from,
    until: period.to,
  });
}
