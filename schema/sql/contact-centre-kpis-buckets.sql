-- Printed by `npm run contracts`; never edited.
-- $1 = "day"
-- $2 = "Europe/Stockholm"
-- $3 = "2026-11-01T00:00:00.000Z"
-- $4 = "2026-12-01T00:00:00.000Z"
-- $5 = "2026-12-01T00:00:00.000Z"
-- $6 = "2026-12-01T00:00:00.000Z"
-- $7 = "day"
-- $8 = "Europe/Stockholm"
-- $9 = "2026-11-01T00:00:00.000Z"
-- $10 = "2026-12-01T00:00:00.000Z"

select b.bucket, coalesce(a.customers, 0) as customers
from (
  select distinct date_trunc($1::text, e.at, $2::text) as bucket
  from (
    select at from generate_series($3::timestamptz, $4::timestamptz, interval '12 hours') as at
    where at < $5
    union all
    select $6::timestamptz - interval '1 millisecond'
  ) e
) b
left join (
  select a.bucket, count(*)::int as customers
  from (
  select date_trunc($7::text, e.at, $8::text) as bucket, e.customer_id
  from (
    select i.customer_id, i.session_start_time as at
    from interactions i
    where i.session_start_time >= $9
    and i.session_start_time < $10
  ) e
  where not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id) then true else false end
  group by bucket, e.customer_id) a
  group by a.bucket
) a on a.bucket = b.bucket
order by b.bucket;
