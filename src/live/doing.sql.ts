import { type Sql, sql } from "../db/sql.ts";

/** What one customer has been doing. */
export interface DoingRow {
  lastPage: { at: string; name: string | null; section: string | null; url: string | null } | null;
  lastWebAt: string | null;
  lastCall: ContactRow | null;
  callsLast30Days: number;
  unresolved: ContactRow | null;
}

export interface ContactRow {
  at: string;
  reason: string | null;
  agentId: string | null;
  skill: string | null;
}

const CONTACT = sql`jsonb_build_object(
  'at', i.session_start_time, 'reason', coalesce(i.call_reason, i.intent), 'agentId', i.agent_id,
  'skill', i.agent_skill_id
)`;

const RECENTLY = sql`statement_timestamp() - interval '30 days'`;

/** The same as a separate statement, for one of several customers who may be calling. */
export const doingSql = (customerId: string): Sql => sql`
  select to_jsonb(d) as doing from (${doingOf(sql`${customerId}::uuid`)}) d
`;

/** The last page, the last call, the calls of thirty days and the open matter of a customer, each by an index. */
export const doingOf = (customer: Sql): Sql => sql`
  select
    (
      select jsonb_build_object('at', t.occurred_at, 'name', n.name, 'section', nullif(n.section, ''), 'url', u.name)
      from touchpoints t
      left join items n on n.id = t.item_id
      left join items u on u.id = t.url_id
      where t.customer_id = ${customer} and t.kind = 'PAGE_VIEW' and t.occurred_at <= statement_timestamp()
      order by t.occurred_at desc, t.sequence desc nulls last, t.id desc
      limit 1
    ) as "lastPage",
    (
      select coalesce(t.ended_at, t.occurred_at)
      from touchpoints t
      where t.customer_id = ${customer} and t.channel in ('WEB', 'APP') and t.occurred_at <= statement_timestamp()
      order by t.occurred_at desc
      limit 1
    ) as "lastWebAt",
    (
      select ${CONTACT}
      from interactions i
      where i.customer_id = ${customer} and i.channel_type = 'VOICE'
      order by i.session_start_time desc, i.id desc
      limit 1
    ) as "lastCall",
    (
      select count(distinct i.id)::int
      from interactions i
      where i.customer_id = ${customer} and i.channel_type = 'VOICE'
      and i.session_start_time > ${RECENTLY} and i.session_start_time <= statement_timestamp()
    ) as "callsLast30Days",
    (
      select ${CONTACT}
      from interactions i
      where i.customer_id = ${customer} and i.is_resolved = false and i.session_start_time > ${RECENTLY}
      and not exists (
        select
        from interactions r
        where r.customer_id = i.customer_id and r.session_start_time > i.session_start_time and r.is_resolved
        and coalesce(r.call_reason, r.intent) is not distinct from coalesce(i.call_reason, i.intent)
      )
      order by i.session_start_time desc, i.id desc
      limit 1
    ) as unresolved
`;
