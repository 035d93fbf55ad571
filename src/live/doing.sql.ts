import { int, type RowOf, row, text } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { isClosed } from "../facts/consents.sql.ts";
import { lastStartFirstOf, newestFirstOf } from "../facts/event-order.sql.ts";
import { RECENT_DAYS } from "../facts/repeat-callers.ts";
import { isInRowBounds, type RowBounds } from "../facts/visible.sql.ts";

const ContactRow = row({ at: text, reason: text.nullable(), agentId: text.nullable(), skill: text.nullable() });
export type ContactRow = RowOf<typeof ContactRow>;

/** What one customer has been doing. */
export const DoingRow = row({
  lastPage: row({ at: text, name: text.nullable(), section: text.nullable(), url: text.nullable() }).nullable(),
  lastWebAt: text.nullable(),
  lastCall: ContactRow.nullable(),
  callsLast30Days: int,
  unresolved: ContactRow.nullable(),
});
export type DoingRow = RowOf<typeof DoingRow>;

const CONTACT = sql`jsonb_build_object(
  'at', i.session_start_time, 'reason', coalesce(i.call_reason, i.intent), 'agentId', i.agent_id,
  'skill', i.agent_skill_id
)`;

const RECENTLY = sql`statement_timestamp() - make_interval(days => ${RECENT_DAYS}::int)`;

/** The same as a separate statement, for one of several customers who may be calling. */
export const doingSql = (customerId: string, viewer: RowBounds): Sql => sql`
  select to_jsonb(d) as doing from (${doingOf(sql`${customerId}::uuid`, viewer)}) d
`;

/**
 * The last page, the last call, the calls of thirty days and the open matter of a customer, each by an index, as far as the
 * viewer reads. Consent is asked for once, and the contacts of thirty days are read once: starting each part of a plan costs
 * more than running it.
 */
export const doingOf = (customer: Sql, viewer: RowBounds): Sql => sql`
  select
    (
      select jsonb_build_object('at', t.occurred_at, 'name', n.name, 'section', nullif(n.section, ''), 'url', u.name)
      from touchpoints t
      left join items n on n.id = t.item_id
      left join items u on u.id = t.url_id
      where t.customer_id = ${customer} and t.kind = 'PAGE_VIEW' and t.occurred_at <= statement_timestamp()
      order by ${newestFirstOf(sql`t`)}
      limit 1
    ) as "lastPage",
    (
      select coalesce(t.ended_at, t.occurred_at)
      from touchpoints t
      where t.customer_id = ${customer} and t.channel in ('WEB', 'APP') and t.occurred_at <= statement_timestamp()
      order by t.occurred_at desc
      limit 1
    ) as "lastWebAt",
    c."lastCall", coalesce(c."callsLast30Days", 0) as "callsLast30Days", c.unresolved
  from (select) one
  left join lateral (${contactsOf(customer, viewer)}) c on true
`;

/** No row of whoever consent keeps out of timelines. */
const contactsOf = (customer: Sql, viewer: RowBounds): Sql => sql`
  with recent as materialized (
    select i.*
    from interactions i
    where i.customer_id = ${customer} and i.session_start_time > ${RECENTLY}
    and (i.channel_type = 'VOICE' or i.is_resolved is not null) and ${isInRowBounds(viewer)}
  )
  select
    (
      select ${CONTACT}
      from interactions i
      where i.customer_id = ${customer} and i.channel_type = 'VOICE' and i.session_start_time <= statement_timestamp()
      and ${isInRowBounds(viewer)}
      order by ${lastStartFirstOf(sql`i`)}
      limit 1
    ) as "lastCall",
    (
      select count(distinct coalesce(i.contact_id, i.id))::int
      from recent i
      where i.channel_type = 'VOICE' and i.session_start_time <= statement_timestamp()
    ) as "callsLast30Days",
    (
      select ${CONTACT}
      from recent i
      where i.is_resolved = false and i.session_start_time <= statement_timestamp()
      and not exists (
        select
        from recent r
        where r.session_start_time > i.session_start_time and r.is_resolved
        and coalesce(r.call_reason, r.intent) is not distinct from coalesce(i.call_reason, i.intent)
      )
      order by ${lastStartFirstOf(sql`i`)}
      limit 1
    ) as unresolved
  where not ${isClosed("TIMELINE", customer)}
`;
