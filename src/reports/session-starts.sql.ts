import { type Sql, sql } from "../db/sql.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { minutes } from "./conversion.sql.ts";
import {
  areSessionsMaterialised,
  IS_MATERIALISED,
  IS_UNMATERIALISED,
  UNMATERIALISED,
} from "./materialised-sessions.sql.ts";
import { sessionsSql } from "./session.sql.ts";

interface StartsQuery {
  sessionTimeoutMinutes: number;
  period: PeriodInput;
}

/**
 * `starts`: the instant at which the session of each known conversion began, and, of a call whose session is kept, the
 * pages before it. Where sessions are kept, `materialised_starts` has them, and only the others are found anew.
 */
export function sessionStarts(query: StartsQuery): Sql {
  if (!areSessionsMaterialised(query.sessionTimeoutMinutes)) {
    return sql`
  sought as materialized (select c.* from conversions c where c.is_known),
  ${foundStarts(query)},
  starts as (select f.*, null::bigint[] as pages from found_starts f)`;
  }
  return sql`
  ${UNMATERIALISED},
  ${MATERIALISED_STARTS},
  sought as materialized (select c.* from conversions c where c.is_known and ${IS_UNMATERIALISED}),
  ${foundStarts(query)},
  starts as (
    select k.conversion, k.start_at, k.pages from materialised_starts k
    union all
    select f.*, null from found_starts f
  )`;
}

const MATERIALISED_STARTS = sql`
  materialised_starts as materialized (
    select c.conversion, s.start_at, s.pages[1:s.before] as pages, s.page_at[1:s.before] as page_at
    from conversions c
    cross join lateral (
      select s.start_at, s.pages, s.page_at, s.pages_before[array_position(s.calls, c.id)] as before
      from customer_sessions s
      where s.customer_id = c.customer_id
      and s.start_at <= c.occurred_at
      order by s.start_at desc
      limit 1
    ) s
    where c.is_known
    and ${IS_MATERIALISED}
  )`;

/**
 * From each conversion sought backwards, a timeout at a time, as long as something was still going on: out of the index
 * on (customer, time), instead of cutting everybody's history into sessions. What lasts is rare: it is first joined into
 * stretches, at most one of which can reach into any timeout.
 */
function foundStarts({ sessionTimeoutMinutes, period }: StartsQuery): Sql {
  const timeout = minutes(sessionTimeoutMinutes);
  const lasting = sessionsSql({
    from: sql`(select s.* from customer_events s where s.is_leg or s.ended_at > s.occurred_at)`,
    columns: sql`e.item_id`,
    customers: sql`e.customer_id in (select c.customer_id from sought c)`,
    timeoutMinutes: sessionTimeoutMinutes,
    since: null,
    until: period.to,
  });
  return sql`
  stretches as materialized (
    select e.customer_id, min(e.occurred_at)::timestamptz as start_at, max(e.ended_at)::timestamptz as end_at
    from (${lasting}) e
    group by e.customer_id, e.session
  ),
  reach as (
    select c.conversion, c.customer_id, c.occurred_at::timestamptz as start_at
    from sought c
    union all
    select r.conversion, r.customer_id, least(l.start_at, p.start_at)
    from reach r
    left join stretches l
      on l.customer_id = r.customer_id
      and l.start_at < r.start_at
      and l.end_at >= r.start_at - ${timeout}
    left join lateral (
      select e.occurred_at::timestamptz as start_at
      from customer_events e
      where not e.is_leg
      and e.customer_id = r.customer_id
      and e.occurred_at >= r.start_at - ${timeout}
      and e.occurred_at < r.start_at
      order by e.occurred_at
      limit 1
    ) p on true
    where l.start_at is not null
    or p.start_at is not null
  ),
  found_starts as (
    select r.conversion, min(r.start_at) as start_at
    from reach r
    group by r.conversion
  )`;
}
