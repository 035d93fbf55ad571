// The questions in DuckDB's SQL, as an analyst would write them. Where the answers differ from ours, the benchmark
// fails.

/** Every event with the number of its session: a pause of 30 minutes starts another. */
const SESSIONS = `
  marked as (
    select
      *,
      occurred_at - max(ended_at) over (
        partition by customer_id order by occurred_at rows between unbounded preceding and 1 preceding
      ) > interval 30 minutes as is_start
    from events
  ),
  sessions as (
    select *, count(*) filter (where is_start) over (partition by customer_id order by occurred_at) as session
    from marked
  )`;

const PLACE = (e: string) => `(${e}.occurred_at, ${e}.sequence, ${e}.channel, ${e}.kind, ${e}.id)`;

/** The pages of each call's session before the call, and the time from the first to the last. */
const TOUCHES = `
  ${SESSIONS},
  touches as (
    select
      c.id as conversion, t.item_id, t.occurred_at,
      count(*) over (partition by c.id) as n,
      row_number() over (partition by c.id order by t.occurred_at desc, t.sequence desc, t.channel desc, t.kind desc, t.id desc) as back,
      power(2, epoch(t.occurred_at - c.occurred_at) / 900) as weight
    from sessions c
    join sessions t on t.customer_id = c.customer_id and t.session = c.session
    where c.kind = 'CALL'
    and c.is_known
    and t.kind = 'PAGE_VIEW'
    and ${PLACE("t")} < ${PLACE("c")}
  )`;

export const LINEAR = `
  with ${TOUCHES}
  select i.name as key, sum(1 / t.n)::double as value
  from touches t
  join items i on i.id = t.item_id
  group by i.name`;

export const TIME_DECAY = `
  with ${TOUCHES},
  weighed as (select *, weight / sum(weight) over (partition by conversion) as share from touches)
  select i.name as key, sum(t.share)::double as value
  from weighed t
  join items i on i.id = t.item_id
  group by i.name`;

export const OVERLAP = `
  select concat(web, ' ', calls) as key, count(*)::double as value
  from (
    select customer_id, bool_or(kind = 'PAGE_VIEW') as web, bool_or(kind = 'CALL') as calls
    from events
    where is_known
    and kind in ('PAGE_VIEW', 'CALL')
    group by customer_id
  )
  group by web, calls`;

export const HISTOGRAM = `
  select least(calls, 6)::varchar as key, count(*)::double as value
  from (
    select customer_id, count(*) filter (where kind = 'CALL') as calls
    from events
    where is_known
    group by customer_id
  )
  group by least(calls, 6)`;

export const PROPENSITY = `
  with ${SESSIONS},
  exposed as (
    select i.section, e.customer_id, e.session, e.occurred_at, e.sequence, e.channel, e.kind, e.id
    from sessions e
    join items i on i.id = e.item_id
    where e.is_known
    and e.kind = 'PAGE_VIEW'
  ),
  exposures as (
    select section, count(*) as exposures
    from (select distinct section, customer_id, session from exposed)
    group by section
  ),
  followed as (
    select distinct x.section, x.customer_id, x.session, c.id, c.cost
    from events c
    join exposed x
      on x.customer_id = c.customer_id
      and x.occurred_at between c.occurred_at - interval 30 minutes and c.occurred_at
    where c.kind = 'CALL'
    and ${PLACE("x")} < ${PLACE("c")}
  ),
  conversions as (
    select section, count(*) as conversions
    from (select distinct section, customer_id, session from followed)
    group by section
  ),
  costs as (
    select section, sum(cost) as cost
    from (select distinct section, id, cost from followed)
    group by section
  )
  select concat(section, ' exposures') as key, exposures::double as value from exposures
  union all
  select concat(section, ' calls'), conversions::double from conversions
  union all
  select concat(section, ' cost'), cost::double from costs
  union all
  select 'overall', (
    (select count(*) from (select distinct customer_id, session from followed))
      / (select count(*) from (select distinct customer_id, session from exposed))
  )::double`;

/** The last three pages before each call: every node and link, the rest of each step as OTHER. */
export const FLOW = `
  with ${TOUCHES},
  calls as (select id as path, customer_id, is_known, call_reason from events where kind = 'CALL'),
  before as (
    select t.conversion as path, t.back, i.name
    from touches t
    join items i on i.id = t.item_id
    where t.back <= 3
  ),
  places as (
    select path, 0 as step, case when call_reason is null then 'NONE' else 'ITEM' end as kind, call_reason as item
    from calls
    union all
    select path, -back, 'ITEM', name from before
    union all
    select c.path, -1 - coalesce(max(b.back), 0), 'ENTRY', null
    from calls c
    left join before b on b.path = c.path
    group by c.path
    having coalesce(max(b.back), 0) < 3
  ),
  ranks as (
    select step, item, row_number() over (partition by step order by count(*) desc, item) as rank
    from places
    where kind = 'ITEM'
    group by step, item
  ),
  shown as (
    select p.path, p.step, case when r.rank > 5 then 'OTHER' else p.kind end as kind, case when r.rank <= 5 then p.item end as item
    from places p
    left join ranks r on r.step = p.step and r.item = p.item
  ),
  nodes as (
    select s.step, s.kind, s.item, count(*) as paths, count(distinct c.customer_id) filter (where c.is_known) as customers
    from shown s
    join calls c on c.path = s.path
    group by s.step, s.kind, s.item
  ),
  links as (
    select step, kind, item, next_kind, next_item, count(*) as paths
    from (select *, lead(kind) over w as next_kind, lead(item) over w as next_item from shown window w as (partition by path order by step))
    where next_kind is not null
    group by step, kind, item, next_kind, next_item
  )
  select concat_ws(' ', 'paths', step, kind, item) as key, paths::double as value from nodes
  union all
  select concat_ws(' ', 'customers', step, kind, item), customers::double from nodes
  union all
  select concat_ws(' ', 'link', step, kind, item, 'to', next_kind, next_item), paths::double from links`;

/**
 * Customers who went from home to billing and on to a call within a day; the median time from the latest earlier step;
 * and customers who still had time when the period ended.
 */
export const FALLOUT = `
  with
  steps as (
    select e.customer_id, row(e.occurred_at, e.sequence, e.channel, e.kind, e.id) as place, e.occurred_at, e.kind, i.section
    from events e
    left join items i on i.id = e.item_id
    where e.is_known
    and (i.section in ('home', 'billing') or e.kind = 'CALL')
  ),
  home as (select * from steps where section = 'home'),
  starts as (select customer_id, min(place) as place from home group by customer_id),
  second as (
    select e.*
    from steps e
    join starts s on s.customer_id = e.customer_id
    where e.section = 'billing'
    and e.place > s.place
  ),
  arrived as (
    select a.customer_id, epoch(a.occurred_at - max(h.occurred_at)) as gap
    from (select customer_id, min(place) as place, min(occurred_at) as occurred_at from second group by customer_id) a
    join home h on h.customer_id = a.customer_id and h.place < a.place
    group by a.customer_id, a.occurred_at
  ),
  third as (
    select c.customer_id, c.place, epoch(c.occurred_at - max(e.occurred_at)) as gap
    from steps c
    join second e on e.customer_id = c.customer_id and e.place < c.place
    where c.kind = 'CALL'
    group by c.customer_id, c.place, c.occurred_at
    having max(e.occurred_at) >= c.occurred_at - interval 1 day
  ),
  called as (select customer_id, arg_min(gap, place) as gap from third group by customer_id),
  waiting as (
    select customer_id
    from second
    where customer_id not in (select customer_id from called)
    group by customer_id
    having max(occurred_at) + interval 1 day >= timestamptz '2026-08-30 00:00:00+00'
  )
  select 'home' as key, count(*)::double as value from starts
  union all
  select 'billing', count(*)::double from arrived
  union all
  select 'billing after', median(gap) from arrived
  union all
  select 'call', count(*)::double from called
  union all
  select 'call after', median(gap) from called
  union all
  select 'call pending', count(*)::double from waiting`;

export const CHANNELS = `
  with sums as (
    select
      channel, count(distinct interaction_id) as interactions, count(*) filter (where kind = 'CALL') as calls,
      count(*) filter (where kind = 'CALL' and match_status = 'MATCHED') as matched, coalesce(sum(cost), 0) as cost
    from events
    group by channel
  )
  select concat(channel, ' ', what) as key, value::double as value
  from (unpivot sums on interactions, calls, matched, cost into name what value value)`;

export const MATCHES = `
  select concat('calls ', match_status) as key, count(*)::double as value
  from legs
  where channel = 'VOICE'
  group by match_status
  union all
  select 'before', avg((subject_id in (select id from persons))::int) from events
  union all
  select 'after', avg((customer_id in (select customer_id from persons))::int) from events`;
