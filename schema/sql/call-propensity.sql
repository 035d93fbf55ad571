-- Printed by `npm run contracts`; never edited.
-- $1 = "2026-12-01T00:00:00.000Z"
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = 20000
-- $4 = "2026-11-01T00:00:00.000Z"
-- $5 = "2026-12-01T00:00:00.000Z"
-- $6 = "2026-11-01T00:00:00.000Z"
-- $7 = "2026-12-01T00:00:00.000Z"
-- $8 = ["PAGE_VIEW"]
-- $9 = 30
-- $10 = "2026-12-01T00:00:00.000Z"
-- $11 = "2026-11-01T00:00:00.000Z"
-- $12 = 30
-- $13 = 20000
-- $14 = "2026-11-01T00:00:00.000Z"
-- $15 = "2026-12-01T00:00:00.000Z"
-- $16 = 30
-- $17 = ["CALL"]
-- $18 = ["VOICE"]
-- $19 = 20000
-- $20 = 30
-- $21 = "2026-11-01T00:00:00.000Z"
-- $22 = "2026-12-01T00:00:00.000Z"
-- $23 = ["PAGE_VIEW"]
-- $24 = "2026-11-01T00:00:00.000Z"
-- $25 = "2026-12-01T00:30:00.000Z"
-- $26 = ["CALL"]
-- $27 = ["VOICE"]
-- $28 = 20000
-- $29 = 30
-- $30 = "2026-11-01T00:00:00.000Z"
-- $31 = "2026-12-01T00:00:00.000Z"
-- $32 = 30
-- $33 = 50

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
      and not exists (select from stale_customers s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $3
    )
      and e.customer_id not in (select r.customer_id from identities r where r.kind = 'RECORD')
      and true
    ) e
    cross join lateral unnest(e.pages, e.page_at) as p (item_id, at)
    join items_of_dimension d on d.item_id = p.item_id
    where p.at >= $4
    and p.at < $5
    and d.item is not null
    group by d.item, e.session),
  exposed as materialized (
    select d.item as item, e.customer_id, e.session, min(e.occurred_at) as first_at, max(e.occurred_at) as last_at
    from (
    select e.*, count(*) filter (where e.is_start) over (partition by e.customer_id order by e.occurred_at) as session
    from (
      select
        e.customer_id, e.subject_id, e.id, e.occurred_at, e.ended_at, e.sequence, e.channel,
        e.item_id, null::text as item_text,
        (e.occurred_at >= $6 and e.occurred_at < $7 and (not e.is_leg and e.kind = any($8::touchpoint_kind[]))) is true as is_exposure,
        coalesce(
          e.occurred_at - max(e.ended_at) over (
            partition by e.customer_id
            order by e.occurred_at
            rows between unbounded preceding and 1 preceding
          ) > make_interval(mins => $9::int),
          true
        ) as is_start
      from customer_events e
      where e.occurred_at < $10
      and e.ended_at >= $11::timestamptz - make_interval(mins => $12::int)
      and e.customer_id not in (select r.customer_id from identities r where r.kind = 'RECORD') and true and e.customer_id in (
    select s.customer_id from stale_customers s
    union all
    select t.customer_id from customer_totals t where t.events > $13)
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
      select e.customer_id, e.id, e.occurred_at, e.sequence, e.channel, e.cost_amount, e.cost_currency
      from customer_events e
      where e.occurred_at >= $14
      and e.occurred_at < $15::timestamptz + make_interval(mins => $16::int)
      and ((not e.is_leg and e.kind = any($17::touchpoint_kind[]) or e.is_leg and e.channel = any($18::channel[])))
      and e.customer_id in (
    select s.customer_id from stale_customers s
    union all
    select t.customer_id from customer_totals t where t.events > $19)
    ) c
    cross join lateral (
      select e.item_id, e.occurred_at
      from customer_events e
      where e.customer_id = c.customer_id
      and e.occurred_at >= c.occurred_at - make_interval(mins => $20::int)
      and e.occurred_at <= c.occurred_at
      and (e.occurred_at, coalesce(e.sequence, 2147483647), e.channel, e.id) < (c.occurred_at, coalesce(c.sequence, 2147483647), c.channel, c.id)
      and e.occurred_at >= $21 and e.occurred_at < $22 and (not e.is_leg and e.kind = any($23::touchpoint_kind[]))
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
        where e.occurred_at >= $24 and e.occurred_at < $25
        and ((not e.is_leg and e.kind = any($26::touchpoint_kind[]) or e.is_leg and e.channel = any($27::channel[])))
        and not exists (select from stale_customers s where s.customer_id = e.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = e.customer_id and t.events > $28
    )
        and e.customer_id not in (select r.customer_id from identities r where r.kind = 'RECORD')
        and true
      ) c
      -- A call that moved has a path with each customer until both are made anew. Said plainly of both columns, the planner
      -- would expect next to no calls; what "coalesce" says it takes to be true of every other.
      join call_paths k on k.id = c.id and coalesce(k.customer_id = c.customer_id, false)
      cross join lateral unnest(k.pages, k.page_at) as p (item_id, at)
      where p.at >= c.occurred_at - make_interval(mins => $29::int)
      and p.at >= $30
      and p.at < $31
      -- A fence: the dictionary is joined to all touches at once, however few calls the planner expects.
      offset 0
    ) f
    join items_of_dimension d on d.item_id = f.item_id
    where d.item is not null
  ),
  exposures as (
    select x.item, count(*)::int as exposures
    from (select e.item from exposed e union all select m.item from met m) x
    group by x.item
    having count(*) >= $32
  ),
  conversions as (
    select f.item, count(*)::int as conversions
    from (select distinct f.item, f.customer_id, f.session from followed f) f
    group by f.item
  ),
  costs as (
    select f.item, jsonb_agg(jsonb_build_object('amount', f.amount::text, 'currency', f.currency) order by f.currency) as cost
    from (
      select f.item, f.cost_currency as currency, sum(f.cost_amount) as amount
      from (select distinct f.item, f.id, f.cost_amount, f.cost_currency from followed f where f.cost_amount is not null) f
      group by f.item, f.cost_currency
    ) f
    group by f.item
  ),
  named as (select distinct d.item, d.name from items_of_dimension d)
(
  select
    n.name as item, x.exposures, coalesce(c.conversions, 0) as conversions, coalesce(m.cost, '[]') as cost
  from exposures x
  join named n on n.item = x.item
  left join conversions c on c.item = x.item
  left join costs m on m.item = x.item
  order by coalesce(c.conversions, 0)::float8 / x.exposures desc, x.exposures desc, n.name collate "C"
  limit $33
)
union all
select
  null,
  (
    (select count(*) from (select distinct x.customer_id, x.session from exposed x) x)
    + (select count(*) from (select distinct m.session from met m) m)
  )::int,
  (select count(*) from (select distinct f.customer_id, f.session from followed f) f)::int,
  '[]';
