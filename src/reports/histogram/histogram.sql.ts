import { int, type RowOf, row } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { isNobody } from "../../facts/nobody.sql.ts";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { inAudience } from "../audience.sql.ts";
import { countsOnce, ITSELF } from "../contact.sql.ts";
import { countedSql } from "../counted.sql.ts";
import { during, events, IDENTIFIED, matches } from "../filter.sql.ts";
import { countsOfTotals, isReadAnew, totalOf } from "../totals.sql.ts";
import type { HistogramInput } from "./histogram.type.ts";

/** Customers of one bucket, numbered from 1, and their events; bucket 0 holds the events that are nobody's. */
export const HistogramRow = row({
  bucket: int,
  customers: int,
  events: int,
});
export type HistogramRow = RowOf<typeof HistogramRow>;

/** Minutes without anything going on after which DedupInput's sessions end. */

/** Each customer of the universe is counted once, in the bucket of the number of their events, none included. */
export function histogramSql(input: HistogramInput, bounds: readonly number[]): Sql {
  const { period, metric, universe, audience } = input;
  const totals = { metric: totalOf(metric), universe: totalOf(universe) };
  if (isFound(totals) && input.dedup == null) return histogramOfTotals(input, { bounds, totals });
  const counted = countedSql({
    ...input,
    matcher: metric,
    from: events(metric),
    columns: sql`${IDENTIFIED} as is_known`,
    sessionTimeoutMinutes: SESSION_TIMEOUT_MINUTES,
  });
  return sql`
with
  counted as (${counted}),
  counts as (
    select c.customer_id, count(*)::int as events
    from counted c
    where c.is_known
    group by c.customer_id
  ),
  universe as (
    select e.customer_id
    from ${events(universe)} e
    where ${during(period)}
    and ${matches(universe)}
    and ${inAudience(audience, period)}
    group by e.customer_id
  )
select
  width_bucket(coalesce(c.events, 0), ${bounds}::int[]) as bucket,
  count(*)::int as customers,
  coalesce(sum(c.events), 0)::int as events
from universe u
left join counts c on c.customer_id = u.customer_id
where not ${isNobody(sql`u.customer_id`)}
group by bucket
union all
select 0, 0, count(*)::int
from counted c
where not c.is_known
order by bucket
`;
}

/** What is counted of a customer, and whether they are of the universe, in a row of totals. */
interface Totals {
  metric: Sql;
  universe: Sql;
}

function isFound(totals: { [Part in keyof Totals]: Sql | null }): totals is Totals {
  return totals.metric !== null && totals.universe !== null;
}

/** The same out of what is counted already: only who did something outside of the period, or just now, is read anew. */
function histogramOfTotals(
  input: HistogramInput,
  { bounds, totals }: { bounds: readonly number[]; totals: Totals },
): Sql {
  const { period, metric, universe, audience } = input;
  const counts = countsOnce(events(metric, universe), metric);
  const columns = sql`${totals.metric} as times, ${totals.universe} > 0 as is_member`;
  return sql`
with
  -- Kept, so that what is asked of a number is asked once for each, and not of every customer.
  members as materialized (
    ${countsOfTotals({ period, audience, columns, names: sql`times, is_member` })}
    union all
    select m.times, m.is_member, ${isNobody(sql`m.customer_id`)}, count(*)
    from (
      select
        e.customer_id, count(*) filter (where ${matches(metric)} and ${counts}) as times, bool_or((${matches(universe)}) is true) as is_member
      from ${events(metric, universe)} e
      ${ITSELF}
      where ${during(period)}
      and ${inAudience(audience, period)}
      and ${isReadAnew(period)}
      group by e.customer_id
    ) m
    group by 1, 2, 3
  )
select
  case when m.is_nobody then 0 else width_bucket(m.times, ${bounds}::int[]) end as bucket,
  (coalesce(sum(m.customers) filter (where not m.is_nobody), 0))::int as customers,
  sum(m.times * m.customers)::int as events
from members m
where m.is_member
or m.is_nobody
group by bucket
order by bucket
`;
}
