-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-11-01T00:00:00.000Z"
-- $2 = "2026-12-01T00:00:00.000Z"

select c.source, c.status, c.method, count(*)::int as calls
from (
  select
    i.source,
    i.match_method::text as method,
    coalesce(
      i.match_status::text,
      case
        when case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = i.customer_id)
    or exists (select from identities r where r.customer_id = i.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end then 'NO_IDENTITY'
        when exists (
          select from touchpoints t
          where t.customer_id = i.customer_id
          and t.occurred_at <= i.session_start_time
          and t.channel in ('WEB', 'APP')
        ) then 'OUT_OF_SESSION'
        else 'OFFLINE'
      end
    ) as status
  from interactions i
  where not i.is_visit
  and i.channel_type = 'VOICE'
  and i.is_consult is not true
  and (
    i.shares_call is not true
    or not exists (
      select from interactions o
      where o.contact_id = i.contact_id and o.channel_type = 'VOICE' and not o.is_visit and o.is_consult is not true
      and (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = o.customer_id)
    or exists (select from identities r where r.customer_id = o.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, o.call_id is not null, o.session_start_time, o.id)
        < (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = i.customer_id)
    or exists (select from identities r where r.customer_id = i.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, i.call_id is not null, i.session_start_time, i.id)
    )
  )
  and i.session_start_time >= $1
  and i.session_start_time < $2
  and true
) c
group by c.source, c.status, c.method
order by c.source, c.status, c.method;
