import { cells, selected } from "../db/fields.ts";
import { row, text, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { newestFirstOf, orderOf } from "../facts/event-order.sql.ts";
import { MOMENT } from "../fields/touchpoint.ts";

const FIELDS = selected("e", MOMENT, {
  endedAt: sql`nullif(e.ended_at, e.occurred_at)`,
  name: sql`n.name`,
  section: sql`nullif(n.section, '')`,
  url: sql`u.name`,
  campaign: sql`nullif(coalesce(e.campaign, e.brought_campaign, m.name), '')`,
  medium: sql`nullif(coalesce(e.medium, e.brought_medium, m.section), '')`,
  campaignSource: sql`coalesce(e.campaign_source, e.brought_campaign_source, o.name)`,
  referrer: sql`coalesce(e.referrer, e.brought_referrer, r.name)`,
  landingPage: sql`coalesce(e.landing_page, e.brought_landing_page, l.name)`,
  value: sql`
    case
      when e.value is not null then json_build_object('amount', e.value::text, 'currency', e.currency)
      when e.revenue_amount is not null
        then json_build_object('amount', e.revenue_amount::text, 'currency', e.revenue_currency)
    end
  `,
});

/** Every column of an event `e` of `customer_events`, with its names out of the dictionary (`NAMES`). */
export const TOUCHPOINT_COLUMNS = sql`
  case when e.is_leg then e.id || ':leg' else e.id::text end as id, e.id as "recordId", e.customer_id as "customerId",
  e.interaction_id as "interactionId", e.source, ${FIELDS}
`;

/** What they bring. */
export const Touchpoint = row({
  id: text,
  recordId: uuid,
  customerId: uuid,
  interactionId: uuid,
  source: text,
  ...cells(MOMENT),
});

/** The names of `e`: what it is called, its address, and what brought it. */
export const NAMES = sql`
  left join items n on n.id = e.item_id
  left join items u on u.id = e.url_id
  left join items m on m.id = e.campaign_id
  left join items o on o.id = e.campaign_source_id
  left join items r on r.id = e.referrer_id
  left join items l on l.id = e.landing_page_id
`;

/** An interaction `i` that is itself a touchpoint, as the view has it. */
const IS_LEG = sql`not i.is_visit and i.channel_type not in ('WEB', 'APP')`;

/**
 * The latest events of the customer `k`. Each of the two tables says out of its index where its own newest begin, so
 * that the view is read from there only. What has not come by our clock, since a sender's runs ahead, is not the latest.
 */
export function latestEvents(limit: number, since: Sql): Sql {
  return sql`
    select e.*
    from customer_events e
    where e.customer_id = k.id and e.occurred_at <= statement_timestamp()
    and e.occurred_at >= greatest(
      ${since},
      (
        select t.occurred_at
        from touchpoints t
        where t.customer_id = k.id and t.occurred_at <= statement_timestamp()
        order by t.occurred_at desc
        offset ${limit - 1} limit 1
      ),
      (
        select i.session_start_time
        from interactions i
        where i.customer_id = k.id and ${IS_LEG} and i.session_start_time <= statement_timestamp()
        order by i.session_start_time desc
        offset ${limit - 1} limit 1
      )
    )
    order by ${newestFirstOf(sql`e`)}
    limit ${limit}
  `;
}

/** The first form or call of the customer `k`: of those at the least of their instants, the first in order. */
export const LEAD_EVENT: Sql = sql`
  select e.*
  from customer_events e
  where e.customer_id = k.id
  and e.kind in ('FORM', 'CALL')
  and e.occurred_at = least(
    (
      select t.occurred_at
      from touchpoints t
      where t.customer_id = k.id and t.kind in ('FORM', 'CALL')
      order by t.occurred_at
      limit 1
    ),
    (
      select i.session_start_time
      from interactions i
      where i.customer_id = k.id and not i.is_visit and i.channel_type = 'VOICE'
      order by i.session_start_time
      limit 1
    )
  )
  order by ${orderOf(sql`e`)}
  limit 1
`;

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
