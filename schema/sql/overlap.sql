-- Printed by `npm run contracts`; never edited.
-- $1 = 1
-- $2 = 1
-- $3 = 5
-- $4 = 2
-- $5 = "2026-11-01T00:00:00.000Z"
-- $6 = "2026-12-01T00:00:00.000Z"
-- $7 = 20000
-- $8 = ["PAGE_VIEW"]
-- $9 = 1
-- $10 = ["CALL"]
-- $11 = ["VOICE"]
-- $12 = 2
-- $13 = "2026-11-01T00:00:00.000Z"
-- $14 = "2026-12-01T00:00:00.000Z"
-- $15 = ["PAGE_VIEW"]
-- $16 = ["CALL"]
-- $17 = ["VOICE"]
-- $18 = 20000
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-11-01T00:00:00.000Z"
-- $21 = "2026-12-01T00:00:00.000Z"
-- $22 = "2026-11-01T00:00:00.000Z"
-- $23 = "2026-12-01T00:00:00.000Z"

with members as (
  select e.customer_id, case when (e.by_kind[$1::int]) > 0 then $2::int else 0 end + case when (e.by_kind[$3::int]) > 0 then $4::int else 0 end as mask
  from (
    select t.*
    from customer_totals t
    where t.first_at >= $5
    and t.last_at < $6
    and t.events <= $7
    and not exists (select from (
      select s.customer_id from stale_customers s cross join generate_series(1, (select 1)) as once
    ) s where s.customer_id = t.customer_id)
  ) e
  where true
  union all
  (
  select e.customer_id, bit_or((case when (not e.is_leg and e.kind = any($8::touchpoint_kind[])) then $9::int else 0 end + case when ((not e.is_leg and e.kind = any($10::touchpoint_kind[]) or e.is_leg and e.channel = any($11::channel[]))) then $12::int else 0 end)) as mask
  from customer_events e
  where e.occurred_at >= $13 and e.occurred_at < $14
  and ((not e.is_leg and e.kind = any($15::touchpoint_kind[])) or ((not e.is_leg and e.kind = any($16::touchpoint_kind[]) or e.is_leg and e.channel = any($17::channel[]))))
  and true
  and e.customer_id in (
    select s.customer_id from stale_customers s
    union all
    select t.customer_id from customer_totals t where t.events > $18
    union all
    select t.customer_id from customer_totals t where t.first_at < $19 and t.last_at >= $20
    union all
    select t.customer_id
    from customer_totals t
    where t.last_at >= $21
    and t.first_at >= $22
    and t.first_at < $23
  )
  group by e.customer_id
)
  )
select
  m.mask,
  (coalesce(sum(m.members) filter (where not m.is_record), 0))::int as identified,
  (coalesce(sum(m.members) filter (where m.is_record), 0))::int as unidentified
from (
  select
    m.mask, case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = m.customer_id) then true else false end as is_record,
    count(*) as members
  from members m
  group by m.mask, is_record
) m
where m.mask > 0
group by m.mask
order by m.mask;
