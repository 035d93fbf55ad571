-- Printed by `npm run contracts`; never edited.
-- $1 = 7
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = "2026-12-01T00:00:00.000Z"
-- $4 = 20000
-- $5 = 7
-- $6 = "2026-11-01T00:00:00.000Z"
-- $7 = "2026-12-01T00:00:00.000Z"
-- $8 = 20000
-- $9 = 7
-- $10 = "2026-11-01T00:00:00.000Z"
-- $11 = "2026-12-01T00:00:00.000Z"
-- $12 = 20000
-- $13 = ["CALL"]
-- $14 = ["VOICE"]
-- $15 = ["CALL"]
-- $16 = ["VOICE"]
-- $17 = 2147483647
-- $18 = 2147483647
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-12-01T00:00:00.000Z"
-- $21 = 20000
-- $22 = "2026-11-01T00:00:00.000Z"
-- $23 = "2026-11-01T00:00:00.000Z"
-- $24 = "2026-12-01T00:00:00.000Z"
-- $25 = "2026-11-01T00:00:00.000Z"
-- $26 = "2026-12-01T00:00:00.000Z"
-- $27 = [0,1,2,3,4,5,6]

with
  -- Kept, so that what is asked of a number is asked once for each, and not of every customer.
  members as materialized (
    select (e.by_kind[$1::int]) as times, e.events > 0 as is_member, false as is_nobody, count(*) as customers
    from customer_totals e
    where e.first_at >= $2
    and e.last_at < $3
    and e.events <= $4
    group by times, is_member
    union all
    select (e.by_kind[$5::int]) as times, e.events > 0 as is_member, false, -count(*)
    from customer_totals e
    where e.first_at >= $6
    and e.last_at < $7
    and e.events <= $8
    and e.customer_id in (select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s)
    group by times, is_member
    union all
    select times, is_member, i.is_nobody, case when i.is_nobody then n.customers else -n.customers end
    from (
      select (e.by_kind[$9::int]) as times, e.events > 0 as is_member, count(*) as customers
      from customer_totals e
      where e.first_at >= $10
    and e.last_at < $11
    and e.events <= $12
      and e.customer_id in (
  select r.customer_id from identities r where r.kind = 'RECORD'
  union all
  select r.customer_id from identities r where r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
)
)
      and not exists (select from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s where s.customer_id = e.customer_id)
      group by times, is_member
    ) n
    cross join (values (false), (true)) as i (is_nobody)
    union all
    select m.times, m.is_member, case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = m.customer_id)
    or exists (select from identities r where r.customer_id = m.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, count(*)
    from (
      select
        e.customer_id, count(*) filter (where ((not e.is_leg and e.kind = any($13::touchpoint_kind[]) or e.is_leg and e.channel = any($14::channel[]))) and case
    when e.shares_call and e.channel = 'VOICE' then not exists (
      select from customer_events e
      where e.contact_id = o.contact_id and e.is_leg and e.channel = 'VOICE' and ((not e.is_leg and e.kind = any($15::touchpoint_kind[]) or e.is_leg and e.channel = any($16::channel[])))
      and (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (e.occurred_at, coalesce(e.sequence, $17::int), e.channel, e.kind, e.id)) < (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = o.customer_id)
    or exists (select from identities r where r.customer_id = o.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (o.occurred_at, coalesce(o.sequence, $18::int), o.channel, o.kind, o.id))
    )
    else true
  end) as times, bool_or((true) is true) as is_member
      from customer_events e
      cross join lateral (
  select e.contact_id, e.customer_id, e.occurred_at, e.sequence, e.channel, e.kind, e.id
) o
      where e.occurred_at >= $19 and e.occurred_at < $20
      and true
      and e.customer_id in (
    select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s
    union all
    select t.customer_id from customer_totals t where t.events > $21
    union all
    select t.customer_id from customer_totals t where t.first_at < $22 and t.last_at >= $23
    union all
    select t.customer_id
    from customer_totals t
    where t.last_at >= $24
    and t.first_at >= $25
    and t.first_at < $26
  )
      group by e.customer_id
    ) m
    group by 1, 2, 3
  )
select
  case when m.is_nobody then 0 else width_bucket(m.times, $27::int[]) end as bucket,
  (coalesce(sum(m.customers) filter (where not m.is_nobody), 0))::int as customers,
  sum(m.times * m.customers)::int as events
from members m
where m.is_member
or m.is_nobody
group by bucket
order by bucket;
