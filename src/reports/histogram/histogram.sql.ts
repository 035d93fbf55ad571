import { type Sql, sql } from "../../db/sql.ts";
import { inAudience } from "../audience.sql.ts";
import { countedSql } from "../counted.sql.ts";
import { during, events, IDENTIFIED, matches } from "../filter.sql.ts";
import type { HistogramInput } from "./histogram.type.ts";

/** Customers of one bucket, numbered from 1, and their events; bucket 0 holds the events that are nobody's. */
export interface HistogramRow {
  bucket: number;
  customers: number;
  events: number;
}

/** Minutes without anything going on after which DedupInput's sessions end. */
const SESSION_TIMEOUT_MINUTES = 30;

/** Each customer of the universe is counted once, in the bucket of the number of their events, none included. */
export function histogramSql(input: HistogramInput, bounds: readonly number[]): Sql {
  const { period, metric, universe, audience } = input;
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
where u.customer_id not in (select r.customer_id from identities r where r.kind = 'RECORD')
group by bucket
union all
select 0, 0, count(*)::int
from counted c
where not c.is_known
order by bucket
`;
}
