-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-11-01T00:00:00.000Z"
-- $2 = "2026-12-01T00:00:00.000Z"
-- $3 = ["CALL"]
-- $4 = ["VOICE"]
-- $5 = "2026-11-01T00:00:00.000Z"
-- $6 = "2026-12-01T00:00:00.000Z"
-- $7 = [0,1,2,3,4,5,6]

with
  counted as (select e.customer_id, e.subject_id, e.id, e.occurred_at, e.sequence, e.channel, e.customer_id not in (select r.customer_id from identities r where r.kind = 'RECORD') as is_known from customer_events e where e.occurred_at >= $1 and e.occurred_at < $2 and ((not e.is_leg and e.kind = any($3::touchpoint_kind[]) or e.is_leg and e.channel = any($4::channel[]))) and true),
  counts as (
    select c.customer_id, count(*)::int as events
    from counted c
    where c.is_known
    group by c.customer_id
  ),
  universe as (
    select e.customer_id
    from customer_events e
    where e.occurred_at >= $5 and e.occurred_at < $6
    and true
    and true
    group by e.customer_id
  )
select
  width_bucket(coalesce(c.events, 0), $7::int[]) as bucket,
  count(*)::int as customers,
  coalesce(sum(c.events), 0)::int as events
from universe u
left join counts c on c.customer_id = u.customer_id
where u.customer_id not in (select r.customer_id from identities r where r.kind = 'RECORD')
group by bucket
union all
select 0, 0, count(*)::int
from counted c
where not c.is_known
order by bucket;
