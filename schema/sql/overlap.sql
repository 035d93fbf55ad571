-- Printed by `npm run contracts`; never edited.
-- $1 = ["PAGE_VIEW"]
-- $2 = 1
-- $3 = ["CALL"]
-- $4 = ["VOICE"]
-- $5 = 2
-- $6 = "2026-11-01T00:00:00.000Z"
-- $7 = "2026-12-01T00:00:00.000Z"
-- $8 = ["PAGE_VIEW"]
-- $9 = ["CALL"]
-- $10 = ["VOICE"]

with members as (
  select e.customer_id, bit_or((case when (not e.is_leg and e.kind = any($1::touchpoint_kind[])) then $2::int else 0 end + case when ((not e.is_leg and e.kind = any($3::touchpoint_kind[]) or e.is_leg and e.channel = any($4::channel[]))) then $5::int else 0 end)) as mask
  from customer_events e
  where e.occurred_at >= $6 and e.occurred_at < $7
  and ((not e.is_leg and e.kind = any($8::touchpoint_kind[])) or ((not e.is_leg and e.kind = any($9::touchpoint_kind[]) or e.is_leg and e.channel = any($10::channel[]))))
  and true
  group by e.customer_id
)
select
  m.mask,
  count(*) filter (where not m.is_record)::int as identified,
  count(*) filter (where m.is_record)::int as unidentified
from (
  select m.mask, m.customer_id in (select r.customer_id from identities r where r.kind = 'RECORD') as is_record
  from members m
  where m.mask > 0
) m
group by m.mask
order by m.mask;
