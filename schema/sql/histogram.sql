-- Printed by `npm run contracts`; never edited.
-- $1 = 5
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = "2026-12-01T00:00:00.000Z"
-- $4 = 20000
-- $5 = ["CALL"]
-- $6 = ["VOICE"]
-- $7 = "2026-11-01T00:00:00.000Z"
-- $8 = "2026-12-01T00:00:00.000Z"
-- $9 = 20000
-- $10 = "2026-11-01T00:00:00.000Z"
-- $11 = "2026-11-01T00:00:00.000Z"
-- $12 = "2026-12-01T00:00:00.000Z"
-- $13 = "2026-11-01T00:00:00.000Z"
-- $14 = "2026-12-01T00:00:00.000Z"
-- $15 = [0,1,2,3,4,5,6]

with
  members as (
    select e.customer_id, (e.by_kind[$1::int]) as events, e.events > 0 as is_member
    from (
    select t.*
    from customer_totals t
    where t.first_at >= $2
    and t.last_at < $3
    and t.events <= $4
    and not exists (select from (
      select s.customer_id from stale_customers s cross join generate_series(1, (select 1)) as once
    ) s where s.customer_id = t.customer_id)
  ) e
    where true
    union all
    select e.customer_id, count(*) filter (where ((not e.is_leg and e.kind = any($5::touchpoint_kind[]) or e.is_leg and e.channel = any($6::channel[])))), bool_or((true) is true)
    from customer_events e
    where e.occurred_at >= $7 and e.occurred_at < $8
    and true
    and e.customer_id in (
    select s.customer_id from stale_customers s
    union all
    select t.customer_id from customer_totals t where t.events > $9
    union all
    select t.customer_id from customer_totals t where t.first_at < $10 and t.last_at >= $11
    union all
    select t.customer_id
    from customer_totals t
    where t.last_at >= $12
    and t.first_at >= $13
    and t.first_at < $14
  )
    group by e.customer_id
  )
select
  case when m.is_known then width_bucket(m.events, $15::int[]) else 0 end as bucket,
  (coalesce(sum(m.customers) filter (where m.is_known), 0))::int as customers,
  sum(m.events * m.customers)::int as events
from (
  select
    not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = m.customer_id) then true else false end as is_known, m.is_member,
    m.events, count(*) as customers
  from members m
  group by is_known, m.is_member, m.events
) m
where m.is_member
or not m.is_known
group by bucket
order by bucket;
