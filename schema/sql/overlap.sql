-- Printed by `npm run contracts`; never edited.
-- $1 = 1
-- $2 = 1
-- $3 = 7
-- $4 = 2
-- $5 = "2026-11-01T00:00:00.000Z"
-- $6 = "2026-12-01T00:00:00.000Z"
-- $7 = 20000
-- $8 = 1
-- $9 = 1
-- $10 = 7
-- $11 = 2
-- $12 = "2026-11-01T00:00:00.000Z"
-- $13 = "2026-12-01T00:00:00.000Z"
-- $14 = 20000
-- $15 = 1
-- $16 = 1
-- $17 = 7
-- $18 = 2
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-12-01T00:00:00.000Z"
-- $21 = 20000
-- $22 = ["PAGE_VIEW"]
-- $23 = 1
-- $24 = ["CALL"]
-- $25 = ["VOICE"]
-- $26 = 2
-- $27 = "2026-11-01T00:00:00.000Z"
-- $28 = "2026-12-01T00:00:00.000Z"
-- $29 = ["PAGE_VIEW"]
-- $30 = ["CALL"]
-- $31 = ["VOICE"]
-- $32 = 20000
-- $33 = "2026-11-01T00:00:00.000Z"
-- $34 = "2026-11-01T00:00:00.000Z"
-- $35 = "2026-12-01T00:00:00.000Z"
-- $36 = "2026-11-01T00:00:00.000Z"
-- $37 = "2026-12-01T00:00:00.000Z"

-- Kept, so that what is asked of a mask is asked once for each, and not of every customer.
with members as materialized (
    select case when (e.by_kind[$1::int]) > 0 then $2::int else 0 end + case when (e.by_kind[$3::int]) > 0 then $4::int else 0 end as mask, false as is_nobody, count(*) as customers
    from customer_totals e
    where e.first_at >= $5
    and e.last_at < $6
    and e.events <= $7
    group by mask
    union all
    select case when (e.by_kind[$8::int]) > 0 then $9::int else 0 end + case when (e.by_kind[$10::int]) > 0 then $11::int else 0 end as mask, false, -count(*)
    from customer_totals e
    where e.first_at >= $12
    and e.last_at < $13
    and e.events <= $14
    and e.customer_id in (select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s)
    group by mask
    union all
    select mask, i.is_nobody, case when i.is_nobody then n.customers else -n.customers end
    from (
      select case when (e.by_kind[$15::int]) > 0 then $16::int else 0 end + case when (e.by_kind[$17::int]) > 0 then $18::int else 0 end as mask, count(*) as customers
      from customer_totals e
      where e.first_at >= $19
    and e.last_at < $20
    and e.events <= $21
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
      group by mask
    ) n
    cross join (values (false), (true)) as i (is_nobody)
  union all
  (
  select m.mask, case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = m.customer_id)
    or exists (select from identities r where r.customer_id = m.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end as is_nobody, count(*) as customers
  from (
  select e.customer_id, bit_or((case when (not e.is_leg and e.kind = any($22::touchpoint_kind[])) then $23::int else 0 end + case when ((not e.is_leg and e.kind = any($24::touchpoint_kind[]) or e.is_leg and e.channel = any($25::channel[]))) then $26::int else 0 end)) as mask
  from customer_events e
  where e.occurred_at >= $27 and e.occurred_at < $28
  and ((not e.is_leg and e.kind = any($29::touchpoint_kind[])) or ((not e.is_leg and e.kind = any($30::touchpoint_kind[]) or e.is_leg and e.channel = any($31::channel[]))))
  and true
  and e.customer_id in (
    select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s
    union all
    select t.customer_id from customer_totals t where t.events > $32
    union all
    select t.customer_id from customer_totals t where t.first_at < $33 and t.last_at >= $34
    union all
    select t.customer_id
    from customer_totals t
    where t.last_at >= $35
    and t.first_at >= $36
    and t.first_at < $37
  )
  group by e.customer_id
) m
  group by m.mask, is_nobody
  )
  )
select
  m.mask,
  (coalesce(sum(m.customers) filter (where not m.is_nobody), 0))::int as identified,
  (coalesce(sum(m.customers) filter (where m.is_nobody), 0))::int as unidentified
from members m
where m.mask > 0
group by m.mask
order by m.mask;
