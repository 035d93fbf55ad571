-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-12-01T00:00:00.000Z"
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = "2026-11-01T00:00:00.000Z"
-- $4 = "2026-12-01T00:00:00.000Z"
-- $5 = 20000
-- $6 = "2026-11-01T00:00:00.000Z"
-- $7 = "2026-12-01T00:00:00.000Z"
-- $8 = "2026-11-01T00:00:00.000Z"
-- $9 = "2026-12-01T00:00:00.000Z"
-- $10 = 20000
-- $11 = "2026-11-01T00:00:00.000Z"
-- $12 = "2026-12-01T00:00:00.000Z"
-- $13 = ["PAGE_VIEW"]
-- $14 = 30
-- $15 = "2026-12-01T00:00:00.000Z"
-- $16 = "2026-11-01T00:00:00.000Z"
-- $17 = 30
-- $18 = 20000
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-12-01T00:00:00.000Z"
-- $21 = 30
-- $22 = ["CALL"]
-- $23 = ["VOICE"]
-- $24 = 20000
-- $25 = 30
-- $26 = 2147483647
-- $27 = 2147483647
-- $28 = "2026-11-01T00:00:00.000Z"
-- $29 = "2026-12-01T00:00:00.000Z"
-- $30 = ["PAGE_VIEW"]
-- $31 = "2026-11-01T00:00:00.000Z"
-- $32 = "2026-12-01T00:30:00.000Z"
-- $33 = ["CALL"]
-- $34 = ["VOICE"]
-- $35 = 20000
-- $36 = 30
-- $37 = "2026-11-01T00:00:00.000Z"
-- $38 = "2026-12-01T00:00:00.000Z"
-- $39 = 30
-- $40 = 50

with
  items_of_dimension as materialized (
      select i.id as item_id, min(i.id) over (partition by i.section) as item, i.section as name, null::text as section
      from items i
      where i.section <> ''
      and i.kind not in ('URL', 'CAMPAIGN')
    ),
  met as materialized (
    select d.item, e.session
    from (
      select e.pages, e.page_at, row_number() over () as session
      from customer_sessions e
      where e.start_at < $1
      and e.end_at >= $2
      and not (e.start_at >= $3 and e.end_at < $4 and e.sections is not null)
      and not exists (select from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $5
    )
      and not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end
      and true
    ) e
    cross join lateral unnest(e.pages, e.page_at) as p (item_id, at)
    join items_of_dimension d on d.item_id = p.item_id
    where p.at >= $6
    and p.at < $7
    and d.item is not null
    group by d.item, e.session), whole as materialized (
    select s.name, count(*) as exposures
    from (
      select unnest(e.sections || null::text) as name
      from customer_sessions e
      where cardinality(e.sections) > 0
      and e.start_at >= $8 and e.end_at < $9 and e.sections is not null
      and not exists (select from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $10
    )
      and not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end
      and true
    ) s
    group by s.name),
  exposed as materialized (
    select d.item as item, e.customer_id, e.session, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
    from (
    select e.*, count(*) filter (where e.is_start) over (partition by e.customer_id order by e.occurred_at) as session
    from (
      select
        e.customer_id, e.subject_id, e.id, e.occurred_at, e.ended_at, e.sequence, e.channel, e.kind,
        e.item_id, null::text as item_text,
        (e.occurred_at >= $11 and e.occurred_at < $12 and (not e.is_leg and e.kind = any($13::touchpoint_kind[]))) is true as is_exposure,
        coalesce(e.occurred_at - max(e.ended_at) over (partition by e.customer_id order by e.occurred_at rows between unbounded preceding and 1 preceding) > make_interval(mins => $14::int), true) as is_start
      from customer_events e
      where e.occurred_at < $15
      and e.ended_at >= $16::timestamptz - make_interval(mins => $17::int)
      and not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end and true and e.customer_id in (
    select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s
    union all
    select t.customer_id from customer_totals t where t.events > $18)
    ) e
  ) e
    join items_of_dimension d on d.item_id = e.item_id
    where e.is_exposure
    and d.item is not null
    group by d.item, e.customer_id, e.session
  ),
  followed as (
    select x.item, x.customer_id, x.session, c.id, c.cost_amount, c.cost_currency
    from (
      select e.customer_id, e.id, e.occurred_at, e.sequence, e.channel, e.kind, e.cost_amount, e.cost_currency
      from customer_events e
      where e.occurred_at >= $19
      and e.occurred_at < $20::timestamptz + make_interval(mins => $21::int)
      and ((not e.is_leg and e.kind = any($22::touchpoint_kind[]) or e.is_leg and e.channel = any($23::channel[])))
      and e.customer_id in (
    select s.customer_id from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s
    union all
    select t.customer_id from customer_totals t where t.events > $24)
    ) c
    cross join lateral (
      select e.item_id, e.occurred_at
      from customer_events e
      where e.customer_id = c.customer_id
      and e.occurred_at >= c.occurred_at - make_interval(mins => $25::int)
      and e.occurred_at <= c.occurred_at
      and (e.occurred_at, coalesce(e.sequence, $26::int), e.channel, e.kind, e.id) < (c.occurred_at, coalesce(c.sequence, $27::int), c.channel, c.kind, c.id)
      and e.occurred_at >= $28 and e.occurred_at < $29 and (not e.is_leg and e.kind = any($30::touchpoint_kind[]))
      offset 0
    ) t
    join items_of_dimension d on d.item_id = t.item_id
    join exposed x
      on x.customer_id = c.customer_id
      and x.item = d.item
      and t.occurred_at between x.first_at and x.last_at
    union all
    select d.item, f.customer_id, extract(epoch from f.start_at)::bigint as session, f.id, f.cost_amount, f.cost_currency
    from (
      select c.customer_id, c.id, c.cost_amount, c.cost_currency, k.start_at, p.item_id
      from (
        select e.customer_id, e.id, e.occurred_at, e.cost_amount, e.cost_currency
        from customer_events e
        where e.occurred_at >= $31 and e.occurred_at < $32
        and ((not e.is_leg and e.kind = any($33::touchpoint_kind[]) or e.is_leg and e.channel = any($34::channel[])))
        and not exists (select from (
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    ) s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $35
    )
        and not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end
        and true
      ) c
      -- A call that moved has a path with each customer until both are made anew. Said plainly of both columns, the planner
      -- would expect next to no calls; what "coalesce" says it takes to be true of every other.
      join call_paths k on k.id = c.id and coalesce(k.customer_id = c.customer_id, false)
      cross join lateral unnest(k.pages, k.page_at) as p (item_id, at)
      where p.at >= c.occurred_at - make_interval(mins => $36::int)
      and p.at >= $37
      and p.at < $38
      -- A fence: the dictionary is joined to all touches at once, however few calls the planner expects.
      offset 0
    ) f
    join items_of_dimension d on d.item_id = f.item_id
    where d.item is not null
  ),
  named as (select distinct d.item, d.name from items_of_dimension d),
  exposures as (
    select x.item, sum(x.exposures)::int as exposures
    from (
      select e.item, count(*) as exposures from exposed e group by e.item
      union all
      select m.item, count(*) from met m group by m.item
      union all
      select n.item, w.exposures from whole w join named n on n.name = w.name
    ) x
    group by x.item
    having sum(x.exposures) >= $39
  ),
  converted as materialized (
    select distinct f.item, f.customer_id, f.session
    from followed f
  ),
  conversions as (
    select v.item, count(*)::int as conversions
    from converted v
    group by v.item
  ),
  costs as (
    select f.item, jsonb_agg(jsonb_build_object('amount', f.amount::text, 'currency', f.currency) order by f.currency) as cost
    from (
      select f.item, f.cost_currency as currency, sum(f.cost_amount) as amount
      from (select distinct f.item, f.id, f.cost_amount, f.cost_currency from followed f where f.cost_amount is not null) f
      group by f.item, f.cost_currency
    ) f
    group by f.item
  )
(
  select
    n.name as item, x.exposures, coalesce(c.conversions, 0) as conversions, coalesce(m.cost, '[]') as cost
  from exposures x
  join named n on n.item = x.item
  left join conversions c on c.item = x.item
  left join costs m on m.item = x.item
  order by coalesce(c.conversions, 0)::float8 / x.exposures desc, x.exposures desc, n.name collate "C"
  limit $40
)
union all
select
  null,
  (
    (select count(*) from (select distinct x.customer_id, x.session from exposed x) x)
    + (select count(*) from (select distinct m.session from met m) m)
    + (select coalesce(sum(w.exposures), 0) from whole w where w.name is null)
  )::int,
  (select count(*) from (select distinct v.customer_id, v.session from converted v) v)::int,
  '[]';
