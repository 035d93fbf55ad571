-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-11-01T00:00:00.000Z"
-- $2 = "2026-12-01T00:00:00.000Z"
-- $3 = ["PAGE_VIEW"]
-- $4 = 1
-- $5 = ["CALL"]
-- $6 = ["VOICE"]
-- $7 = 2
-- $8 = 30
-- $9 = "2026-12-01T00:00:00.000Z"
-- $10 = "2026-11-01T00:00:00.000Z"
-- $11 = 30

-- Kept, so that what is asked of a mask is asked once for each, and not of every customer.
with members as materialized (
  select m.mask, case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = m.customer_id)
    or exists (select from identities r where r.customer_id = m.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end as is_nobody, count(*) as customers
  from (
  select e.customer_id, e.session, bit_or(e.mask) as mask
  from (
    select e.*, count(*) filter (where e.is_start) over (partition by e.customer_id order by e.occurred_at) as session
    from (
      select
        e.customer_id, e.subject_id, e.id, e.occurred_at, e.ended_at, e.sequence, e.channel, e.kind, case when e.occurred_at >= $1 and e.occurred_at < $2 then (case when (not e.is_leg and e.kind = any($3::touchpoint_kind[])) then $4::int else 0 end + case when ((not e.is_leg and e.kind = any($5::touchpoint_kind[]) or e.is_leg and e.channel = any($6::channel[]))) then $7::int else 0 end) else 0 end as mask,
        coalesce(e.occurred_at - max(e.ended_at) over (partition by e.customer_id order by e.occurred_at rows between unbounded preceding and 1 preceding) > make_interval(mins => $8::int), true) as is_start
      from customer_events e
      where e.occurred_at < $9
      and e.ended_at >= $10::timestamptz - make_interval(mins => $11::int)
      and true
    ) e
  ) e
  group by e.customer_id, e.session
) m
  group by m.mask, is_nobody
  )
select
  m.mask,
  (coalesce(sum(m.customers) filter (where not m.is_nobody), 0))::int as identified,
  (coalesce(sum(m.customers) filter (where m.is_nobody), 0))::int as unidentified
from members m
where m.mask > 0
group by m.mask
order by m.mask;
