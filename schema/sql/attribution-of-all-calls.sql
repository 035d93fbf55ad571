-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-11-01T00:00:00.000Z"
-- $2 = "2026-12-01T00:00:00.000Z"
-- $3 = 20000
-- $4 = "2026-11-01T00:00:00.000Z"
-- $5 = "2026-12-01T00:00:00.000Z"
-- $6 = ["CALL"]
-- $7 = ["VOICE"]
-- $8 = 20000
-- $9 = ["CALL"]
-- $10 = ["VOICE"]
-- $11 = 2147483647
-- $12 = 2147483647
-- $13 = 20000
-- $14 = 30
-- $15 = "2026-12-01T00:00:00.000Z"
-- $16 = 30
-- $17 = 30
-- $18 = "PAGE_VIEW"
-- $19 = 2147483647
-- $20 = 2147483647
-- $21 = ["PAGE_VIEW"]
-- $22 = 1
-- $23 = "2026-11-01T00:00:00.000Z"
-- $24 = "2026-12-01T00:00:00.000Z"
-- $25 = 20000
-- $26 = "PAGE_VIEW"
-- $27 = 1
-- $28 = 2147483647
-- $29 = 2147483647
-- $30 = ["PAGE_VIEW"]
-- $31 = true
-- $32 = ["PAGE_VIEW"]
-- $33 = ["PAGE_VIEW"]
-- $34 = 50
-- $35 = 50

with recursive
  path_counts as materialized (
    select
      case
        when not c.is_known then 'NO_IDENTITY'
        when cardinality(c.pages) > 0 then 'TOUCHED'
        when c.came_before then 'OUT_OF_SESSION'
        else 'NO_TOUCH_IN_WINDOW'
      end as part,
      count(*)::int as calls
    from (
    select e.*, not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end as is_known
    from call_paths e
    where e.at >= $1
    and e.at < $2
    and not exists (select from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $3
    )) c
    group by part),
  counted as (
      select e.customer_id, e.subject_id, e.id, e.occurred_at, e.sequence, e.channel, e.kind, not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end as is_known, 1::float8 as value, false as is_other_currency, null::text as split
      from customer_events e
      cross join lateral (
  select e.contact_id, e.customer_id, e.occurred_at, e.sequence, e.channel, e.kind, e.id
) o
      where e.occurred_at >= $4 and e.occurred_at < $5 and ((not e.is_leg and e.kind = any($6::touchpoint_kind[]) or e.is_leg and e.channel = any($7::channel[]))) and true and e.customer_id in (
    select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s
    union all
    select t.customer_id from customer_totals t where t.events > $8) and case
    when e.shares_call and e.channel = 'VOICE' then not exists (
      select from customer_events e
      where e.contact_id = o.contact_id and e.is_leg and e.channel = 'VOICE' and ((not e.is_leg and e.kind = any($9::touchpoint_kind[]) or e.is_leg and e.channel = any($10::channel[])))
      and (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (e.occurred_at, coalesce(e.sequence, $11::int), e.channel, e.kind, e.id)) < (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = o.customer_id)
    or exists (select from identities r where r.customer_id = o.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (o.occurred_at, coalesce(o.sequence, $12::int), o.channel, o.kind, o.id))
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
    select t.customer_id from customer_totals t where t.events > $13),
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
        coalesce(e.occurred_at - max(e.ended_at) over (partition by e.customer_id order by e.occurred_at rows between unbounded preceding and 1 preceding) > make_interval(mins => $14::int), true) as is_start
      from (select s.* from customer_events s where s.is_leg or s.ended_at > s.occurred_at) e
      where e.occurred_at < $15
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
      and l.end_at >= r.start_at - make_interval(mins => $16::int)
    left join lateral (
      select e.occurred_at::timestamptz as start_at
      from customer_events e
      where not e.is_leg
      and e.customer_id = r.customer_id
      and e.occurred_at >= r.start_at - make_interval(mins => $17::int)
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
    where i.kind = $18
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
        and (e.occurred_at, coalesce(e.sequence, $19::int), e.channel, e.kind, e.id)
          <= (c.occurred_at, coalesce(c.sequence, $20::int), c.channel, c.kind, c.id)
        and (not e.is_leg and e.kind = any($21::touchpoint_kind[]))
        -- A fence: nobody's touches but theirs are read, however few conversions the planner expects.
        offset 0
      ) e
      where not exists (select from materialised_starts k where k.conversion = c.conversion)
    ) e
    join items_of_dimension d on d.item_id = e.item_id
    where d.item is not null),
  touches as (select e.* from all_touches e),
  placed as (
    select
      e.conversion, e.occurred_at, e.item, e.is_same,
      (row_number() over (partition by e.conversion order by e.occurred_at, e.sequence, e.channel, e.kind, e.id))::float8 as p,
      (count(*) over (partition by e.conversion))::float8 as n,
      max(e.occurred_at) over (partition by e.conversion) as latest
    from touches e
  ),
  weighed as (
    select t.conversion, t.item, t.is_same, t.p, t.n, null::float8[] as decays
    from placed t
  ),
  credited as (
    select t.conversion, t.item, array[sum(1 / t.n)] as shares
    from weighed t
    group by t.conversion, t.item
  ),
  totals as (
    select x.item, c.split, count(*)::int as conversions, array[sum(x.shares[$22::int] * c.value)] as credits
    from credited x
    join conversions c on c.conversion = x.conversion
    group by x.item, c.split
    union all
    select t.item, null::text as split, (count(*) filter (where t.is_first))::int as conversions, array[sum(1 / t.n)] as credits
    from (
      select
        d.item, p.place::float8 as p, cardinality(c.pages)::float8 as n, false as is_same,
        null::float8[] as decays,
        case
          when d.aliases is null then array_position(c.pages, p.item_id)
          else (select min(array_position(c.pages, a.id)) from unnest(d.aliases) as a (id))
        end = p.place as is_first
      from (
    select e.*, not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end as is_known
    from call_paths e
    where e.at >= $23
    and e.at < $24
    and not exists (select from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $25
    )) c
      cross join lateral unnest(c.pages, c.page_at) with ordinality as p (item_id, at, place)
      join (
        select
          d.item_id, d.item,
          case when count(*) over (partition by d.item) > 1 then array_agg(d.item_id) over (partition by d.item) end as aliases
        from (
    select
      i.id as item_id, min(i.id) over (partition by i.name) as item, i.name,
      case when count(*) over (partition by i.name) = 1 then nullif(i.section, '') end as section
    from items i
    where i.kind = $26
  ) d) d on d.item_id = p.item_id
      where c.is_known
    ) t
    group by t.item
  ),
  by_item as (
    select
      m.model, t.item::text as item, sum(t.credits[m.model]) as credit, sum(t.conversions)::int as conversions,
      jsonb_agg(
        jsonb_build_object('value', t.split, 'credit', t.credits[m.model]) order by t.credits[m.model] desc, t.split
      ) filter (where t.credits[m.model] <> 0) as split
    from totals t
    cross join generate_series(1, $27::int) as m (model)
    group by m.model, t.item
    having sum(t.credits[m.model]) <> 0
  ),
  ranked as (
    select b.*, row_number() over (partition by b.model order by b.credit desc, b.name collate "C") as place
    from (
      select b.model, n.name, n.section, b.credit, b.conversions, b.split
      from by_item b
      join (select distinct d.item::text as item, d.name, d.section from items_of_dimension d) n on n.item = b.item
    ) b
  ),
  untouched as (
    select c.value, 1 as calls, case
      when not c.is_known then 'NO_IDENTITY'
      when exists (
        select from customer_events e
        where e.customer_id = c.customer_id
        and e.occurred_at >= s.start_at
        and e.occurred_at <= c.occurred_at
        and (e.occurred_at, coalesce(e.sequence, $28::int), e.channel, e.kind, e.id) < (c.occurred_at, coalesce(c.sequence, $29::int), c.channel, c.kind, c.id)
        and (not e.is_leg and e.kind = any($30::touchpoint_kind[]) and e.item_id is not null)) then 'EXCLUDED_BY_FILTER'
      when $31 and exists (
        select from customer_events e
        where e.customer_id = c.customer_id
        and e.occurred_at < s.start_at
        and true
        and (not e.is_leg and e.kind = any($32::touchpoint_kind[])) and (not e.is_leg and e.kind = any($33::touchpoint_kind[]) and e.item_id is not null)) then 'OUT_OF_SESSION'
      else 'NO_TOUCH_IN_WINDOW'
    end as reason
    from conversions c
    left join starts s on s.conversion = c.conversion
    where not exists (select from touches t where t.conversion = c.conversion)
    union all
    select k.calls, k.calls, k.part
    from path_counts k
    where k.part <> 'TOUCHED'
  )
select 'ROW' as part, r.model, r.name, r.section, r.credit, 0::float8 as rest, r.conversions, r.split, r.place
from ranked r
where r.place <= $34
union all
select 'MODEL', r.model, null, null, sum(r.credit), coalesce(sum(r.credit) filter (where r.place > $35), 0), 0, null, 0
from ranked r
group by r.model
union all
select 'REASON', null, u.reason, null, sum(u.value), 0, sum(u.calls)::int, null, 0
from untouched u
group by u.reason
union all
select 'TOUCHED', null, null, null, coalesce(sum(c.value), 0), 0, coalesce(sum(c.calls), 0)::int, null, 0
from (
  select c.value, 1 as calls
  from conversions c
  where exists (select from touches t where t.conversion = c.conversion)
  union all
  select k.calls, k.calls from path_counts k where k.part = 'TOUCHED'
) c
union all
select 'TOTAL', null, null, null, coalesce(sum(c.value), 0), coalesce(sum(c.others), 0), coalesce(sum(c.calls), 0)::int, null, 0
from (
  select c.value, 1 as calls, c.is_other_currency::int as others from conversions c
  union all
  select k.calls, k.calls, 0 from path_counts k
) c
order by part, model, place;
