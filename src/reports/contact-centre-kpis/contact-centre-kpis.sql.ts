import { instant, int, list, type RowOf, row, text } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { IDENTIFIED } from "../filter.sql.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { bucketSql, HANDLED, LEGS, legsSql, OPEN_ENDED, toldSql } from "./legs.sql.ts";
import { RINGS } from "./ringing.sql.ts";
import { IS_CALL, KpiTotals, kpiTotalsSql } from "./totals.sql.ts";

/** How many identified customers were active in an interval. */
export const BucketRow = row({
  bucket: instant.nullable(),
  customers: int,
});
export type BucketRow = RowOf<typeof BucketRow>;

/** The totals of a group, whose key its costs were looked up by. */
export const KpiRow = KpiTotals.extend({ key: list(text.nullable()) });

/** Every leg is read once, then looked up among all of its customer's; the rest is adding up. */
export function contactCentreKpisSql(input: KpiInput, limit: number): Sql {
  return sql`
with
  told as materialized (${toldSql(input)}),
  rings as materialized (${RINGS}),
  legs as materialized (${legsSql(input)}),
  repeats as materialized (${repeatsSql(input)}),
  callbacks as materialized (
    select e.call_back_session_id, e.contact_id, e.started_at
    from (${LEGS} and (i.is_call_back or i.contact_id in (select l.contact_id from legs l))) e
    where ${HANDLED}
    and (e.is_call_back or e.direction = 'OUTBOUND')
  ),
  switching as (
    select i.contact_id
    from interactions i
    where i.contact_id in (select l.contact_id from legs l)
    and i.is_consult is not true
    group by i.contact_id
    having min(i.channel_type) < max(i.channel_type)
  ),
  grouped as (
    select
      l.*,
      ${ofRepeats(sql`r.again`)} as again,
      ${ofRepeats(sql`r.same_topic`)} as same_topic,
      ${ofRepeats(sql`r.called`)} as called,
      ${ofRepeats(sql`r.helped`)} as helped,
      array[l.bucket::text] || l.groups as key
    from legs l
    left join repeats r on r.id = l.id
  ),
  placed as materialized (${LEADING}),
  totals as (${kpiTotalsSql(input)}),
  costs as materialized (
    select c.key, c.cost_currency as currency, sum(c.cost_amount) as amount
    from placed c
    where c.is_priced and c.cost_amount is not null
    group by c.key, c.cost_currency
  ),
  scores as materialized (
    select c.key, c.source, c.csat_scale_max as scale, avg(c.csat_score) as average, count(*) as scores
    from grouped c
    where c.csat_score is not null
    group by c.key, c.source, c.csat_scale_max
  )
select
  t.*,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('amount', trim_scale(round(m.amount / t.priced, 6))::text, 'currency', m.currency)
        order by m.currency
      )
      from costs m
      where m.key = t.key
    ),
    '[]'
  ) as "costPerContact",
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('source', s.source, 'scaleMax', s.scale, 'average', s.average, 'scores', s.scores)
        order by s.source, s.scale
      )
      from scores s
      where s.key = t.key
    ),
    '[]'
  ) as csat
from totals t
order by t.bucket, t.groups
limit ${limit}
`;
}

/** Nobody comes again where nothing follows; whether somebody whom nothing identifies did, nobody knows. */
const ofRepeats = (answer: Sql): Sql =>
  sql`case when not l.is_known then null when r.id is null then false else ${answer} end`;

/**
 * What else the identified customers did within the window after each leg, in contacts that began after it. What hangs on
 * something that a later contact does not say is null.
 */
function repeatsSql({ repeatWindowDays }: KpiInput): Sql {
  const within = sql`make_interval(hours => ${repeatWindowDays * 24}::int)`;
  return sql`
    select
      l.id,
      bool_or(n.is_contact) as again,
      ${anyOf(sql`n.is_contact and n.topic = l.topic`)} as same_topic,
      bool_or(n.is_contact and n.channel = 'VOICE') as called,
      ${anyOf(sql`n.is_handled`)} as helped
    from legs l
    join lateral (
      select
        e.topic, e.channel, case when not ${OPEN_ENDED} then ${HANDLED} end as is_handled,
        e.channel <> 'SURVEY'
          and e.direction is distinct from 'OUTBOUND'
          and e.is_call_back is not true
          and e.contact_id <> l.contact_id
          and not exists (
            select from interactions o
            where o.contact_id = e.contact_id and not o.is_visit and o.is_consult is not true
            and (o.session_start_time, o.id) <= (l.started_at, l.id)
          ) as is_contact
      from (${LEGS}
        and i.session_start_time >= (select min(l.started_at) from legs l)
        and i.session_start_time <= (select max(l.started_at) from legs l) + ${within}
      ) e
      where e.customer_id = l.customer_id
      and e.started_at <= l.started_at + ${within}
      and (e.started_at, e.id) > (l.started_at, l.id)
    ) n on true
    where l.is_known
    group by l.id`;
}

/** Whether it holds of any row; null where it holds of none that is known, but some are not. */
function anyOf(condition: Sql): Sql {
  return sql`case when bool_or(${condition}) then true when bool_and((${condition}) is not null) then false end`;
}

/** Which leg of a group leads its contact: the first that a condition holds of. */
const leads = (condition: Sql): Sql =>
  sql`${condition} and row_number() over (partition by c.key, c.contact_id, ${condition} order by c.started_at, c.id) = 1`;

/**
 * What counts contacts counts legs that stand for theirs: the first of an identified customer, and the last, which says
 * whether the matter was settled. The cost of a contact is known where all of its legs state theirs.
 */
const LEADING = sql`
    select
      c.*,
      ${leads(sql`c.is_known`)} as leads,
      ${leads(sql`(c.is_known and ${IS_CALL})`)} as leads_calls,
      row_number() over (partition by c.key, c.contact_id order by c.started_at desc, c.id desc) = 1 as is_last,
      bool_and(c.cost_amount is not null or c.is_account) over (partition by c.key, c.contact_id) as is_priced
    from grouped c`;

/** The intervals of the period, empty ones included, with who was active in them. */
export function bucketsSql(input: KpiInput): Sql {
  const { period, interval } = input;
  // Grouped and then counted: to count distinct ones, PostgreSQL would sort all contacts.
  const active = sql`
  select ${bucketSql(input)} as bucket, e.customer_id
  from (
    select i.customer_id, i.session_start_time as at
    from interactions i
    where i.session_start_time >= ${period.from}
    and i.session_start_time < ${period.to}
  ) e
  where ${IDENTIFIED}
  group by bucket, e.customer_id`;
  if (interval == null) {
    return sql`
select null::timestamptz as bucket, count(*)::int as customers
from (${active}) a
`;
  }
  return sql`
select b.bucket, coalesce(a.customers, 0) as customers
from (
  select distinct ${bucketSql(input)} as bucket
  from (
    select at from generate_series(${period.from}::timestamptz, ${period.to}::timestamptz, ${STEPS[interval]}) as at
    where at < ${period.to}
    union all
    select ${period.to}::timestamptz - interval '1 millisecond'
  ) e
) b
left join (
  select a.bucket, count(*)::int as customers
  from (${active}) a
  group by a.bucket
) a on a.bucket = b.bucket
order by b.bucket
`;
}

/** Short enough that no interval of the calendar is stepped over, whatever its clocks do. */
const STEPS = {
  HOUR: sql`interval '15 minutes'`,
  DAY: sql`interval '12 hours'`,
  WEEK: sql`interval '3 days'`,
  MONTH: sql`interval '14 days'`,
};
