-- Printed by `npm run contracts`; never edited.
-- $1 = "day"
-- $2 = "Europe/Stockholm"
-- $3 = "Europe/Stockholm"
-- $4 = "day"
-- $5 = "Europe/Stockholm"
-- $6 = "Europe/Stockholm"
-- $7 = "day"
-- $8 = "Europe/Stockholm"
-- $9 = "day"
-- $10 = "Europe/Stockholm"
-- $11 = "2026-11-01T00:00:00.000Z"
-- $12 = "2026-12-01T00:00:00.000Z"
-- $13 = "2026-12-01T00:00:00.000Z"
-- $14 = "2026-12-01T00:00:00.000Z"
-- $15 = "day"
-- $16 = "Europe/Stockholm"
-- $17 = "Europe/Stockholm"
-- $18 = "day"
-- $19 = "Europe/Stockholm"
-- $20 = "Europe/Stockholm"
-- $21 = "day"
-- $22 = "Europe/Stockholm"
-- $23 = "day"
-- $24 = "Europe/Stockholm"
-- $25 = "2026-11-01T00:00:00.000Z"
-- $26 = "2026-12-01T00:00:00.000Z"

select b.bucket, coalesce(a.customers, 0) as customers
from (
  select distinct case when (date_trunc($1::text, e.at, $2::text) - interval '1 hour') at time zone $3::text = (date_trunc($4::text, e.at, $5::text)) at time zone $6::text then date_trunc($7::text, e.at, $8::text) - interval '1 hour' else date_trunc($9::text, e.at, $10::text) end as bucket
  from (
    select at from generate_series($11::timestamptz, $12::timestamptz, interval '12 hours') as at
    where at < $13
    union all
    select $14::timestamptz - interval '1 millisecond'
  ) e
) b
left join (
  select a.bucket, count(*)::int as customers
  from (
  select case when (date_trunc($15::text, e.at, $16::text) - interval '1 hour') at time zone $17::text = (date_trunc($18::text, e.at, $19::text)) at time zone $20::text then date_trunc($21::text, e.at, $22::text) - interval '1 hour' else date_trunc($23::text, e.at, $24::text) end as bucket, e.customer_id
  from (
    select i.customer_id, i.session_start_time as at
    from interactions i
    where i.session_start_time >= $25
    and i.session_start_time < $26
  ) e
  where not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end
  group by bucket, e.customer_id) a
  group by a.bucket
) a on a.bucket = b.bucket
order by b.bucket;
