-- Printed by `npm run contracts`; never edited.
-- $1 = "CALL"
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = "2026-12-01T00:00:00.000Z"
-- $4 = ["CALL"]
-- $5 = ["VOICE"]
-- $6 = ["CALL"]
-- $7 = ["VOICE"]
-- $8 = 2147483647
-- $9 = 2147483647
-- $10 = 20000
-- $11 = 30
-- $12 = "2026-12-01T00:00:00.000Z"
-- $13 = 30
-- $14 = 30
-- $15 = "PAGE_VIEW"
-- $16 = 2147483647
-- $17 = 2147483647
-- $18 = ["PAGE_VIEW"]
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-12-01T00:00:00.000Z"
-- $21 = ["CALL"]
-- $22 = ["VOICE"]
-- $23 = "2026-11-01T00:00:00.000Z"
-- $24 = "2026-12-01T00:00:00.000Z"
-- $25 = ["PAGE_VIEW"]
-- $26 = ["PAGE_VIEW"]
-- $27 = 30
-- $28 = "2026-12-01T00:00:00.000Z"
-- $29 = "2026-11-01T00:00:00.000Z"
-- $30 = 30

with recursive
  counted as (
      select e.customer_id, e.subject_id, e.id, e.occurred_at, e.sequence, e.channel, e.kind, not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end as is_known, 1::float8 as value, false as is_other_currency, coalesce(e.call_reason, case when e.kind = $1::touchpoint_kind then (select i.name from items i where i.id = e.item_id) end) as split
      from customer_events e
      cross join lateral (
  select e.contact_id, e.customer_id, e.occurred_at, e.sequence, e.channel, e.kind, e.id
) o
      where e.occurred_at >= $2 and e.occurred_at < $3 and ((not e.is_leg and e.kind = any($4::touchpoint_kind[]) or e.is_leg and e.channel = any($5::channel[]))) and true and case
    when e.shares_call and e.channel = 'VOICE' then not exists (
      select from customer_events e
      where e.contact_id = o.contact_id and e.is_leg and e.channel = 'VOICE' and ((not e.is_leg and e.kind = any($6::touchpoint_kind[]) or e.is_leg and e.channel = any($7::channel[])))
      and (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (e.occurred_at, coalesce(e.sequence, $8::int), e.channel, e.kind, e.id)) < (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = o.customer_id)
    or exists (select from identities r where r.customer_id = o.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (o.occurred_at, coalesce(o.sequence, $9::int), o.channel, o.kind, o.id))
    )
    else true
  end
  ),
  conversions as materialized (
    -- By customer, so that looking back from one after the other goes through the index once, not to and fro.
    select e.*, row_number() over (order by e.customer_id)::int as conversion
    from counted e
  ),
  unmaterialised as materialized (
    select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s
    union all
    select t.customer_id from customer_totals t where t.events > $10),
  materialised_starts as materialized (
    select c.conversion, s.start_at, s.pages[1:s.before] as pages, s.page_at[1:s.before] as page_at
    from conversions c
    cross join lateral (
      select s.start_at, s.pages, s.page_at, s.pages_before[array_position(s.calls, c.id)] as before
      from customer_sessions s
      where s.customer_id = c.customer_id
      and s.start_at <= c.occurred_at
      order by s.start_at desc
      limit 1
    ) s
    where c.is_known
    and not exists (select from unmaterialised u where u.customer_id = c.customer_id)
  ),
  sought as materialized (select c.* from conversions c where c.is_known and c.customer_id in (select u.customer_id from unmaterialised u)),
  stretches as materialized (
    select e.customer_id, min(e.occurred_at)::timestamptz as start_at, max(e.ended_at)::timestamptz as end_at
    from (
    select e.*, count(*) filter (where e.is_start) over (partition by e.customer_id order by e.occurred_at) as session
    from (
      select
        e.customer_id, e.subject_id, e.id, e.occurred_at, e.ended_at, e.sequence, e.channel, e.kind, e.item_id,
        coalesce(e.occurred_at - max(e.ended_at) over (partition by e.customer_id order by e.occurred_at rows between unbounded preceding and 1 preceding) > make_interval(mins => $11::int), true) as is_start
      from (select s.* from customer_events s where s.is_leg or s.ended_at > s.occurred_at) e
      where e.occurred_at < $12
      and true
      and e.customer_id in (select c.customer_id from sought c)
    ) e
  ) e
    group by e.customer_id, e.session
  ),
  reach as (
    select c.conversion, c.customer_id, c.occurred_at::timestamptz as start_at
    from sought c
    union all
    select r.conversion, r.customer_id, least(l.start_at, p.start_at)
    from reach r
    left join stretches l
      on l.customer_id = r.customer_id
      and l.start_at < r.start_at
      and l.end_at >= r.start_at - make_interval(mins => $13::int)
    left join lateral (
      select e.occurred_at::timestamptz as start_at
      from customer_events e
      where not e.is_leg
      and e.customer_id = r.customer_id
      and e.occurred_at >= r.start_at - make_interval(mins => $14::int)
      and e.occurred_at < r.start_at
      order by e.occurred_at
      limit 1
    ) p on true
    where l.start_at is not null
    or p.start_at is not null
  ),
  found_starts as (
    select r.conversion, min(r.start_at) as start_at
    from reach r
    group by r.conversion
  ),
  starts as (
    select k.conversion, k.start_at, k.pages from materialised_starts k
    union all
    select f.*, null from found_starts f
  ),
  items_of_dimension as materialized (
    select
      i.id as item_id, min(i.id) over (partition by i.name) as item, i.name,
      case when count(*) over (partition by i.name) = 1 then nullif(i.section, '') end as section
    from items i
    where i.kind = $15
  ),
  all_touches as (
    -- Within a materialised session the place of a page stands for its sequence, channel, kind and id.
    select k.conversion, null::uuid as id, p.at as occurred_at, p.place::integer as sequence, null::channel as channel, null::touchpoint_kind as kind, d.item, false as is_same
    from materialised_starts k
    cross join lateral unnest(k.pages, k.page_at) with ordinality as p (item_id, at, place)
    join items_of_dimension d on d.item_id = p.item_id
    where d.item is not null
    union all
    select e.conversion, e.id, e.occurred_at, e.sequence, e.channel, e.kind, d.item as item, e.is_same
    from (
      select c.conversion, e.*, e.id = c.id as is_same
      from conversions c
      join starts s on s.conversion = c.conversion
      cross join lateral (
        select e.*
        from customer_events e
        where e.customer_id = c.customer_id
        and e.occurred_at >= s.start_at
        and e.occurred_at <= c.occurred_at
        and (e.occurred_at, coalesce(e.sequence, $16::int), e.channel, e.kind, e.id)
          <= (c.occurred_at, coalesce(c.sequence, $17::int), c.channel, c.kind, c.id)
        and (not e.is_leg and e.kind = any($18::touchpoint_kind[]))
        -- A fence: nobody's touches but theirs are read, however few conversions the planner expects.
        offset 0
      ) e
      where not exists (select from materialised_starts k where k.conversion = c.conversion)
    ) e
    join items_of_dimension d on d.item_id = e.item_id
    where d.item is not null),
  touches as (select e.* from all_touches e),
  session_events as (
    select e.*, count(*) filter (where e.is_start) over (partition by e.customer_id order by e.occurred_at) as session
    from (
      select
        e.customer_id, e.subject_id, e.id, e.occurred_at, e.ended_at, e.sequence, e.channel, e.kind,
        e.item_id,
        null::text as item_text,
        (e.occurred_at >= $19 and e.occurred_at < $20 and ((not e.is_leg and e.kind = any($21::touchpoint_kind[]) or e.is_leg and e.channel = any($22::channel[])))) is true as is_conversion,
        (e.occurred_at >= $23 and e.occurred_at < $24 and (not e.is_leg and e.kind = any($25::touchpoint_kind[])) and (not e.is_leg and e.kind = any($26::touchpoint_kind[]) and e.item_id is not null)) is true as is_touch,
        coalesce(e.occurred_at - max(e.ended_at) over (partition by e.customer_id order by e.occurred_at rows between unbounded preceding and 1 preceding) > make_interval(mins => $27::int), true) as is_start
      from customer_events e
      where e.occurred_at < $28
      and e.ended_at >= $29::timestamptz - make_interval(mins => $30::int)
      and not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end and true
    ) e
  ),
  all_unconverted as (
    select
      -(dense_rank() over (order by e.customer_id, e.session))::int as conversion,
      e.id, e.occurred_at, e.sequence, e.channel, e.kind, e.item, false as is_same
    from (
      select e.*, bool_or(e.is_conversion) over (partition by e.customer_id, e.session) as has_converted
      from (
        select e.*, d.item as item
        from session_events e
        left join items_of_dimension d on d.item_id = e.item_id
      ) e
    ) e
    where e.is_touch
    and not e.has_converted
  ),
  unconverted as (select e.* from all_unconverted e),
  steps as (
    select * from touches
    union all
    select * from unconverted
  ),
  journeys as (
    select e.conversion, array_agg(e.item::text order by e.occurred_at, e.sequence, e.channel, e.kind, e.id) as path
    from steps e
    group by e.conversion
  ),
  named as (select distinct d.item::text as item, d.name, d.section from items_of_dimension d)
select
  array(select n.name from unnest(j.path) with ordinality as p (item, place) join named n using (item) order by place) as path,
  array(select n.section from unnest(j.path) with ordinality as p (item, place) join named n using (item) order by place) as sections,
  j.split, j.conversions, j.value, j.misses
from (
  select j.path, c.split, count(c.id)::int as conversions, coalesce(sum(c.value), 0) as value, count(*) filter (where c.id is null)::int as misses
  from journeys j
  left join conversions c on c.conversion = j.conversion
  group by j.path, c.split
) j
order by j.path, j.split;
