-- Printed by `npm run contracts`; never edited.
-- $1 = 5
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = "2026-12-01T00:00:00.000Z"
-- $4 = 20000
-- $5 = 5
-- $6 = "2026-11-01T00:00:00.000Z"
-- $7 = "2026-12-01T00:00:00.000Z"
-- $8 = 20000
-- $9 = 5
-- $10 = "2026-11-01T00:00:00.000Z"
-- $11 = "2026-12-01T00:00:00.000Z"
-- $12 = 20000
-- $13 = ["CALL"]
-- $14 = ["VOICE"]
-- $15 = "2026-11-01T00:00:00.000Z"
-- $16 = "2026-12-01T00:00:00.000Z"
-- $17 = 20000
-- $18 = "2026-11-01T00:00:00.000Z"
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-12-01T00:00:00.000Z"
-- $21 = "2026-11-01T00:00:00.000Z"
-- $22 = "2026-12-01T00:00:00.000Z"
-- $23 = [0,1,2,3,4,5,6]

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
    and e.customer_id in (select s.customer_id from changed_customers s)
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
        e.customer_id, count(*) filter (where ((not e.is_leg and e.kind = any($13::touchpoint_kind[]) or e.is_leg and e.channel = any($14::channel[])))) as times, bool_or((true) is true) as is_member
      from customer_events e
      where e.occurred_at >= $15 and e.occurred_at < $16
      and true
      and e.customer_id in (
    select s.customer_id from changed_customers s
    union all
    select t.customer_id from customer_totals t where t.events > $17
    union all
    select t.customer_id from customer_totals t where t.first_at < $18 and t.last_at >= $19
    union all
    select t.customer_id
    from customer_totals t
    where t.last_at >= $20
    and t.first_at >= $21
    and t.first_at < $22
  )
      group by e.customer_id
    ) m
    group by 1, 2, 3
  )
select
  case when m.is_nobody then 0 else width_bucket(m.times, $23::int[]) end as bucket,
  (coalesce(sum(m.customers) filter (where not m.is_nobody), 0))::int as customers,
  sum(m.times * m.customers)::int as events
from members m
where m.is_member
or m.is_nobody
group by bucket
order by bucket;
