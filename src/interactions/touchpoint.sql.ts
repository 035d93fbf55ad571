import { type Sql, sql } from "../db/sql.ts";

/** Every column of an event `e` of `customer_events`, with its names out of the dictionary (`NAMES`). */
export const TOUCHPOINT_COLUMNS = sql`
  case when e.is_leg then e.id || ':leg' else e.id::text end as id, e.id as "recordId", e.customer_id as "customerId",
  e.interaction_id as "interactionId", e.occurred_at as "occurredAt", nullif(e.ended_at, e.occurred_at) as "endedAt",
  e.kind, e.channel, e.source, n.name, nullif(n.section, '') as section, u.name as url,
  nullif(coalesce(e.campaign, m.name), '') as campaign, e.sequence, coalesce(e.value, e.revenue_amount)::text as amount,
  case when e.value is null then e.revenue_currency else e.currency end as currency
`;

/** The names of `e`: what it is called, its address, its campaign. */
export const NAMES = sql`
  left join items n on n.id = e.item_id
  left join items u on u.id = e.url_id
  left join items m on m.id = e.campaign_id
`;

/** The total order of events (definitions §3.2.7): time, sequence (none last), precedence of channels, id. */
export const PLACE = sql`(e.occurred_at, coalesce(e.sequence, 2147483647), e.channel, e.id)`;
export const IN_ORDER = sql`e.occurred_at, e.sequence nulls last, e.channel, e.id`;
export const NEWEST_FIRST = sql`e.occurred_at desc, e.sequence desc nulls first, e.channel desc, e.id desc`;

/**
 * The first `limit` events of the customer `k` in an order: of touchpoints and of legs so many each, out of their
 * indexes, since the two together have none.
 */
export function eventsOfCustomer(condition: Sql, order: Sql, limit: number): Sql {
  const arm = (isLeg: Sql) => sql`(
    select e.* from customer_events e where e.customer_id = k.id and ${isLeg} and ${condition} order by ${order} limit ${limit}
  )`;
  return sql`
    select e.*
    from (${arm(sql`not e.is_leg`)} union all ${arm(sql`e.is_leg`)}) e
    order by ${order}
    limit ${limit}
  `;
}

/** How far beyond a reported leg's own times its touchpoints are looked for: senders' clocks differ. */
const SLACK = sql`interval '1 day'`;

/**
 * The events of one interaction `k` as one customer's: its touchpoints, found by subject and time, and the leg itself
 * where a sender reported one on a channel that is a touchpoint.
 */
export const EVENTS_OF_INTERACTION: Sql = sql`
  select e.*
  from interactions i
  join customer_events e
    on e.subject_id = i.subject_id
    and e.occurred_at >= case when i.is_visit then i.session_start_time else i.session_start_time - ${SLACK} end
    and e.occurred_at <= case
      when i.is_visit then i.session_end_time
      else coalesce(i.session_end_time, i.interaction_end_time, i.session_start_time) + ${SLACK}
    end
    and e.interaction_id = i.id
    and e.customer_id = k.customer_id
  where i.id = k.id
`;
