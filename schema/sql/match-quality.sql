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
  and i.session_start_time >= $1
  and i.session_start_time < $2
  and true
) c
group by c.source, c.status, c.method
order by c.source, c.status, c.method;
