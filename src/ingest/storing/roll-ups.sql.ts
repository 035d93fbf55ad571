import { join, type Sql, sql } from "../../db/sql.ts";
import { orderOf } from "../../facts/event-order.sql.ts";
import { MOST_EVENTS } from "../../facts/roll-ups.ts";
import { beginsSession } from "../../facts/sessions.sql.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../../fields/choices.ts";

/** One row a customer: when they did anything first and last, and how many events of each kind and channel. */
export function customerTotalsSql(customers: Sql): Sql {
  const kinds = TOUCHPOINT_KINDS.map((kind) => sql`count(*) filter (where e.kind = ${kind}::touchpoint_kind)`);
  const channels = CHANNELS.map((channel) => sql`count(*) filter (where e.channel = ${channel}::channel)`);
  return sql`
    select
      e.customer_id, min(e.occurred_at)::timestamptz(3) as first_at, max(e.occurred_at)::timestamptz(3) as last_at,
      count(*)::integer as events, array[${join(kinds)}]::integer[] as by_kind,
      array[${join(channels)}]::integer[] as by_channel
    from customer_events e
    where ${customers}
    group by e.customer_id
  `;
}

/** One row a session of those with totals, cut as reports cut them: a pause longer than the timeout, measured from the latest end, ends it. */
export function customerSessionsSql(customers: Sql): Sql {
  return sql`
    select
      e.customer_id, min(e.occurred_at)::timestamptz(3) as start_at, max(e.ended_at)::timestamptz(3) as end_at,
      coalesce(array_agg(e.item_id ${IN_ORDER}) filter (where e.is_page), '{}') as pages,
      coalesce(array_agg(e.occurred_at ${IN_ORDER}) filter (where e.is_page), '{}')::timestamptz(3)[] as page_at,
      coalesce(array_agg(e.id ${IN_ORDER}) filter (where e.kind = 'CALL'), '{}') as calls,
      coalesce(array_agg(e.pages_before ${IN_ORDER}) filter (where e.kind = 'CALL'), '{}') as pages_before,
      coalesce(array_agg(e.occurred_at ${IN_ORDER}) filter (where e.kind = 'CALL'), '{}')::timestamptz(3)[] as call_at,
      coalesce(array_agg(distinct e.section) filter (where e.is_page and e.section <> ''), '{}') as sections
    from (
      select
        e.*,
        (count(*) filter (where e.is_page) over (partition by e.customer_id, e.session order by ${TOTAL_ORDER}))::integer
          as pages_before
      from (
        select
          e.*, i.section,
          count(*) filter (where e.is_start) over (partition by e.customer_id order by ${TOTAL_ORDER}) as session
        from (${changedSql(customers)}) e
        left join items i on i.id = e.item_id
      ) e
    ) e
    group by e.customer_id, e.session
  `;
}

/** One row a call, out of the sessions. */
export function callPathsSql(customers: Sql): Sql {
  return sql`
    select
      e.customer_id, c.id, c.at::timestamptz(3) as at, e.pages[1:c.pages_before] as pages,
      e.page_at[1:c.pages_before] as page_at, e.came_before, e.start_at
    from (
      select
        e.*,
        coalesce(
          bool_or(cardinality(e.pages) > 0) over (
            partition by e.customer_id
            order by e.start_at
            rows between unbounded preceding and 1 preceding
          ),
          false
        ) as came_before
      from customer_sessions e
      where ${customers}
    ) e
    cross join lateral unnest(e.calls, e.call_at, e.pages_before) as c (id, at, pages_before)
  `;
}

const TOTAL_ORDER = orderOf(sql`e`);
const IN_ORDER = sql`order by ${TOTAL_ORDER}`;

function changedSql(customers: Sql): Sql {
  return sql`
          select
            e.customer_id, e.occurred_at, e.ended_at, e.sequence, e.channel, e.id, e.kind, e.item_id,
            e.kind = 'PAGE_VIEW' and e.item_id is not null as is_page,
            ${beginsSession(sql`partition by e.customer_id order by ${TOTAL_ORDER}`)} as is_start
          from customer_events e
          where ${customers}
          and e.customer_id in (select t.customer_id from customer_totals t where t.events <= ${MOST_EVENTS})
  `;
}
