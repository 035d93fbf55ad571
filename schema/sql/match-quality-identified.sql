-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-11-01T00:00:00.000Z"
-- $2 = "2026-12-01T00:00:00.000Z"
-- $3 = "2026-11-01T00:00:00.000Z"
-- $4 = "2026-12-01T00:00:00.000Z"
-- $5 = "2026-11-01T00:00:00.000Z"
-- $6 = "2026-12-01T00:00:00.000Z"

with
  people as materialized (
    select i.id, i.customer_id
    from identities i
    where i.kind in ('ANCHOR', 'PERSONAL')
  ),
  shared as (
    select a.subject_id as id
    from assignments a
    where a.known_to = 'infinity'
    group by a.subject_id
    having min(a.customer_id::text) < max(a.customer_id::text)
  )
select
  count(*)::int as touchpoints,
  (count(*) filter (where e.subject_id in (select p.id from people p)))::int as before,
  (count(*) filter (where e.customer_id in (select p.customer_id from people p)))::int as after,
  (
    select count(*)::int
    from shared h
    where exists (
      select from customer_events e
      where e.subject_id = h.id and e.occurred_at >= $1 and e.occurred_at < $2 and true
    )
    or exists (
      select from sightings s
      where s.identity_id = h.id and s.at >= $3 and s.at < $4 and true
    )
  ) as shared
from customer_events e
where e.occurred_at >= $5 and e.occurred_at < $6
and true;
