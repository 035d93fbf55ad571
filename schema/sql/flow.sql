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
-- $15 = 2147483647
-- $16 = 2147483647
-- $17 = 2147483647
-- $18 = 2147483647
-- $19 = "CALL"
-- $20 = "PAGE_VIEW"
-- $21 = "PAGE_VIEW"
-- $22 = "PAGE_VIEW"
-- $23 = 2147483647
-- $24 = 2147483647
-- $25 = ["PAGE_VIEW"]
-- $26 = 3
-- $27 = 3
-- $28 = -3
-- $29 = 5
-- $30 = 5

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
  anchors as (
    select
      e.conversion as path, e.customer_id, e.is_known, e.occurred_at, e.sequence, e.channel, e.kind, e.id, e.split as item,
      e.session_at, e.floor_at, e.pages,
      lag(e.split) over w as past_item,
      lag(e.occurred_at) over w as past_at,
      lag(coalesce(e.sequence, $15::int)) over w as past_sequence,
      lag(e.channel) over w as past_channel,
      lag(e.kind) over w as past_kind,
      lag(e.id) over w as past_id
    from (
      select
        c.*, s.start_at as session_at, s.pages,
        s.start_at as floor_at
      from conversions c
      -- Each has one start; grouped, the planner knows.
      left join (
        select s.conversion, min(s.start_at) as start_at, min(s.pages) as pages from starts s group by s.conversion
      ) s on s.conversion = c.conversion
    ) e
    window w as (partition by e.customer_id, e.floor_at order by e.occurred_at, e.sequence, e.channel, e.kind, e.id)
  ),
  fresh as (
    select a.*
    from anchors a
    where (a.item = a.past_item and not exists (
      select from customer_events e
      where e.customer_id = a.customer_id
      and e.occurred_at >= a.past_at
      and e.occurred_at <= a.occurred_at
      and (e.occurred_at, coalesce(e.sequence, $16::int), e.channel, e.kind, e.id) > (a.past_at, a.past_sequence, a.past_channel, a.past_kind, a.past_id)
      and (e.occurred_at, coalesce(e.sequence, $17::int), e.channel, e.kind, e.id) < (a.occurred_at, coalesce(a.sequence, $18::int), a.channel, a.kind, a.id)
      and (coalesce(e.call_reason, case when e.kind = $19::touchpoint_kind then (select i.name from items i where i.id = e.item_id) end) is not null or case when e.kind = $20::touchpoint_kind then (select i.name from items i where i.id = e.item_id) end is not null)
      and true
    )) is not true
  ),
  followed as (select e.* from fresh e),
  paths as materialized (select e.* from followed e),
  before as (
    select p.path, p.customer_id, p.is_known, -e.place::int as step, e.item
    from paths p
    cross join lateral (
      select e.item, row_number() over (order by e.occurred_at desc, e.sequence desc, e.channel desc, e.kind desc, e.id desc) as place
      from (
        select
          e.occurred_at, e.sequence, e.channel, e.kind, e.id, case when e.kind = $21::touchpoint_kind then (select i.name from items i where i.id = e.item_id) end as item,
          lag(case when e.kind = $22::touchpoint_kind then (select i.name from items i where i.id = e.item_id) end, 1, null::text) over (order by e.occurred_at desc, e.sequence desc, e.channel desc, e.kind desc, e.id desc) as item_beside
        from customer_events e
        where e.customer_id = p.customer_id
        and e.occurred_at >= p.floor_at
      and e.occurred_at <= p.occurred_at
      and (e.occurred_at, coalesce(e.sequence, $23::int), e.channel, e.kind, e.id) < (p.occurred_at, coalesce(p.sequence, $24::int), p.channel, p.kind, p.id)
        and (not e.is_leg and e.kind = any($25::touchpoint_kind[]) and e.item_id is not null)
        and true
      ) e
      where e.item is distinct from e.item_beside
      order by e.occurred_at desc, e.sequence desc, e.channel desc, e.kind desc, e.id desc
      limit $26::int) e
    where p.is_known
    and p.pages is null union all
    select s.path, s.customer_id, s.is_known, -s.place::int, s.item
    from (
      select s.path, s.customer_id, s.is_known, s.item, row_number() over (partition by s.path order by s.place) as place
      from (
        select s.*, lag(s.item) over (partition by s.path order by s.place) as item_beside
        from (
      select p.path, p.customer_id, p.is_known, i.name as item, s.place
      from paths p
      cross join lateral (
        select s.item_id, cardinality(p.pages) + 1 - s.place as place
        from unnest(p.pages) with ordinality as s (item_id, place)
      ) s
      join items i on i.id = s.item_id) s
      ) s
      where s.item is distinct from s.item_beside
    ) s
    where s.place <= $27::int
  ),
  places as (
    select p.path, p.customer_id, p.is_known, 0 as step, case when p.item is null then 'NONE' else 'ITEM' end as kind, p.item
    from paths p
    union all
    select b.path, b.customer_id, b.is_known, b.step, 'ITEM', b.item
    from before b
    union all
    select w.path, w.customer_id, w.is_known, min(w.step) - 1, 'ENTRY', null
    from (
      select p.path, p.customer_id, p.is_known, 0 as step from paths p
      union all
      select s.path, s.customer_id, s.is_known, s.step from before s) w
    group by w.path, w.customer_id, w.is_known
    having min(w.step) > $28::int
  ),
  ranks as (
    select l.step, l.item, row_number() over (partition by l.step order by count(*) desc, l.item collate "C") as rank
    from places l
    where l.kind = 'ITEM'
    group by l.step, l.item
  ),
  shown as materialized (
    select
      l.path, l.customer_id, l.is_known, l.step,
      case when r.rank > $29 then 'OTHER' else l.kind end as kind,
      case when r.rank <= $30 then l.item end as item
    from places l
    left join ranks r on r.step = l.step and r.item = l.item
  )
(
  select
    'NODE' as part, s.step, s.kind, s.item, null as "nextKind", null as "nextItem", sum(s.paths)::int as count,
    (count(*) filter (where s.is_known))::int as customers
  from (
    select s.step, s.kind, s.item, s.customer_id, s.is_known, count(*) as paths
    from shown s
    group by s.step, s.kind, s.item, s.customer_id, s.is_known
  ) s
  group by s.step, s.kind, s.item
  order by s.step, s.kind <> 'ITEM', sum(s.paths) desc, s.item collate "C", s.kind
)
union all
(
  select 'LINK', s.step, s.kind, s.item, s.next_kind, s.next_item, count(*)::int, 0
  from (
    select s.*, lead(s.kind) over w as next_kind, lead(s.item) over w as next_item
    from shown s
    window w as (partition by s.path order by s.step)
  ) s
  where s.next_kind is not null
  group by s.step, s.kind, s.item, s.next_kind, s.next_item
  order by s.step, count(*) desc, s.item collate "C", s.kind, s.next_item collate "C", s.next_kind
);
