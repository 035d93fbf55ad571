import DataLoader from "dataloader";
import { Channel } from "../db/generated/enums.ts";
import { flag, float, instant, int, list, money, row, text, uuid, word } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { STANDS_UNTIL } from "../facts/archive.sql.ts";
import { isClosed } from "../facts/consents.sql.ts";
import { RECENT_DAYS, REPEAT_CALLS } from "../facts/repeat-callers.ts";
import { isInRowBounds, isRowBound } from "../facts/visible.sql.ts";
import { keyBy } from "../kit/group.ts";
import type { RequestContext, Viewer } from "../request.ts";

const Summary = row({
  id: uuid,
  firstSeenAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  interactionCount: int,
  touchpointCount: int,
  byChannel: list(row({ channel: word(Channel), interactions: int })),
  callsLast30Days: int,
  lastCallReason: text.nullable(),
  isRepeatCaller: flag,
  unresolvedCount: int,
  averageCsat: float.nullable(),
  costToServe: list(money),
});

/** Customers in numbers, by the customer's id; all of them in one statement, of what the viewer may read. */
export const summaryLoader = ({ db, viewer }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot("customers.summary").rows(Summary, summarySql(ids, viewer));
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id)!);
  });

/**
 * Every interaction once: a visit that several of the customer's identities made has a row for each, of which the
 * earliest stands for it.
 */
function summarySql(ids: readonly string[], viewer: Viewer): Sql {
  return sql`
    with asked as materialized (
      select k.id, not ${isClosed("TIMELINE", sql`k.id`)} as is_open from unnest(${ids}::uuid[]) as k (id)
    ),
    own as materialized (
      select distinct on (i.customer_id, i.id)
        i.customer_id, i.id, coalesce(i.contact_id, i.id) as contact_id, i.channel_type, i.session_start_time as started_at, i.sequence, i.call_reason, i.is_resolved, i.is_visit,
        i.cost_amount, i.cost_currency, i.csat_score, i.csat_scale_max as csat_scale
      from asked k
      join interactions i on i.customer_id = k.id
      where k.is_open and ${isInRowBounds(viewer)}
      order by i.customer_id, i.id, i.is_visit, i.session_start_time, i.subject_id
    ),
    seen as (
      select
        i.customer_id, min(i.session_start_time) as first_at,
        max(least(greatest(i.session_start_time, i.interaction_end_time, i.session_end_time), statement_timestamp()))
          filter (where i.session_start_time <= statement_timestamp()) as last_at
      from asked k
      join interactions i on i.customer_id = k.id
      -- Of touchpoints in the archive there are their visits.
      where k.is_open and (not i.is_visit or i.session_start_time < ${STANDS_UNTIL}) and ${isInRowBounds(viewer)}
      group by i.customer_id
    ),
    counted as (
      select
        o.customer_id, count(*) as interactions,
        count(*) filter (where not o.is_visit and o.channel_type not in ('WEB', 'APP')) as legs,
        count(distinct o.contact_id) filter (
          where o.channel_type = 'VOICE'
          and o.started_at > statement_timestamp() - make_interval(days => ${RECENT_DAYS}::int)
          and o.started_at <= statement_timestamp()
        ) as calls,
        count(*) filter (where o.is_resolved = false) as unresolved,
        avg(o.csat_score / o.csat_scale) filter (where o.csat_score <= o.csat_scale) as csat,
        (
          array_agg(o.call_reason order by o.started_at desc, o.sequence desc, o.id desc)
          filter (
            where o.channel_type = 'VOICE' and o.call_reason is not null and o.started_at <= statement_timestamp()
          )
        )[1] as call_reason
      from own o
      group by o.customer_id
    ),
    channels as (
      select
        c.customer_id,
        jsonb_agg(
          jsonb_build_object('channel', c.channel_type, 'interactions', c.interactions)
          order by c.interactions desc, c.channel_type
        ) as counts
      from (select customer_id, channel_type, count(*) as interactions from own group by customer_id, channel_type) c
      group by c.customer_id
    ),
    costs as (
      select
        c.customer_id,
        jsonb_agg(jsonb_build_object('amount', c.amount::text, 'currency', c.cost_currency) order by c.cost_currency) as sums
      from (
        select customer_id, cost_currency, sum(cost_amount) as amount
        from own
        where cost_amount is not null
        group by customer_id, cost_currency
      ) c
      group by c.customer_id
    )
    select
      k.id,
      least(s.first_at, t.first_at) as "firstSeenAt",
      greatest(s.last_at, t.last_at) as "lastSeenAt",
      coalesce(c.interactions, 0)::int as "interactionCount",
      (coalesce(c.legs, 0) + t.touchpoints)::int as "touchpointCount",
      coalesce(h.counts, '[]') as "byChannel",
      coalesce(c.calls, 0)::int as "callsLast30Days",
      c.call_reason as "lastCallReason",
      coalesce(c.calls, 0) >= ${REPEAT_CALLS}::int as "isRepeatCaller",
      coalesce(c.unresolved, 0)::int as "unresolvedCount",
      c.csat as "averageCsat",
      coalesce(m.sums, '[]') as "costToServe"
    from asked k
    cross join lateral (
      select
        count(*) as touchpoints, min(t.occurred_at) as first_at,
        max(least(coalesce(t.ended_at, t.occurred_at), statement_timestamp()))
          filter (where t.occurred_at <= statement_timestamp()) as last_at
      from touchpoints t
      where t.customer_id = k.id and k.is_open
      and (
        not ${isRowBound(viewer)}::boolean
        or not exists (select from interactions i where i.id = t.interaction_id and ${isInRowBounds(viewer)} is not true)
      )
    ) t
    left join seen s on s.customer_id = k.id
    left join counted c on c.customer_id = k.id
    left join channels h on h.customer_id = k.id
    left join costs m on m.customer_id = k.id
  `;
}
