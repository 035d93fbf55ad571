// The questions as an analyst would put them to DuckDB. Their answers must be ours, or the bench fails.

/** Every event with the number of its session: 30 minutes without anything going on start another. */
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

const PLACE = (e: string) => `(${e}.occurred_at, ${e}.sequence, ${e}.channel, ${e}.id)`;

/** The pages of each call's session before it, and how far from the first to the last. */
const TOUCHES = `
  ${SESSIONS},
  touches as (
    select
      c.id as conversion, t.item_id, t.occurred_at,
      count(*) over (partition by c.id) as n,
      row_number() over (partition by c.id order by t.occurred_at desc, t.sequence desc, t.channel desc, t.id desc) as back,
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
    select i.section, e.customer_id, e.session, e.occurred_at, e.sequence, e.channel, e.id
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
  conversions as (
    select section, count(*) as conversions
    from (
      select distinct x.section, x.customer_id, x.session
      from events c
      join exposed x
        on x.customer_id = c.customer_id
        and x.occurred_at between c.occurred_at - interval 30 minutes and c.occurred_at
      where c.kind = 'CALL'
      and ${PLACE("x")} < ${PLACE("c")}
    )
    group by section
  )
  select concat(section, ' exposures') as key, exposures::double as value from exposures
  union all
  select concat(section, ' calls'), conversions::double from conversions`;

export const FLOW = `
  with ${TOUCHES},
  counts as (
    select -t.back as step, i.name, count(*) as paths
    from touches t
    join items i on i.id = t.item_id
    where t.back <= 3
    group by t.back, i.name
  )
  select concat(step, ' ', name) as key, paths::double as value
  from counts
  qualify row_number() over (partition by step order by paths desc, name) <= 5`;

export const FALLOUT = `
  with
  starts as (
    select customer_id, min(row(occurred_at, sequence, channel, id)) as place
    from events e
    where is_known
    and item_id in (select id from items where section = 'home')
    group by customer_id
  ),
  second as (
    select e.customer_id, e.occurred_at, e.sequence, e.channel, e.id
    from events e
    join starts s on s.customer_id = e.customer_id
    where e.item_id in (select id from items where section = 'billing')
    and row(e.occurred_at, e.sequence, e.channel, e.id) > s.place
  ),
  third as (
    select distinct c.customer_id
    from events c
    join second e on e.customer_id = c.customer_id
    where c.kind = 'CALL'
    and e.occurred_at >= c.occurred_at - interval 1 day
    and ${PLACE("e")} < ${PLACE("c")}
  )
  select 'home' as key, count(*)::double as value from starts
  union all
  select 'billing', count(distinct customer_id)::double from second
  union all
  select 'call', count(*)::double from third`;

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

/** Of each day's calls: how many, how they were answered, and whether their caller called or wrote again in a week. */
export const KPIS = `
  with
  repeated as (
    select distinct c.id
    from legs c
    join legs n
      on n.customer_id = c.customer_id
      and n.started_at between c.started_at and c.started_at + interval 7 days
      and (n.started_at, n.id) > (c.started_at, c.id)
    where c.channel = 'VOICE'
    and c.is_known
    and n.channel <> 'SURVEY'
  ),
  sums as (
    select
      strftime(date_trunc('day', c.started_at), '%Y-%m-%d') as day,
      count(*)::double as contacts,
      count(*) filter (where c.outcome = 'HANDLED')::double as handled,
      count(*) filter (where c.outcome = 'ABANDONED')::double as abandoned,
      avg(floor(epoch(c.ended_at - c.answered_at))) filter (where c.outcome = 'HANDLED')::double as talk,
      avg(c.queue_seconds) filter (where c.outcome = 'HANDLED')::double as wait,
      (count(*) filter (where c.outcome = 'HANDLED' and c.queue_seconds <= 20) / count(*))::double as level,
      count(*) filter (where c.is_known and r.id is null)::double as unrepeated
    from legs c
    left join repeated r on r.id = c.id
    where c.channel = 'VOICE'
    group by day
  )
  select concat(day, ' ', what) as key, value
  from (unpivot sums on contacts, handled, abandoned, talk, wait, level, unrepeated into name what value value)`;

export const MATCHES = `
  select concat('calls ', match_status) as key, count(*)::double as value
  from legs
  where channel = 'VOICE'
  group by match_status
  union all
  select 'before', avg((subject_id in (select id from persons))::int) from events
  union all
  select 'after', avg((customer_id in (select customer_id from persons))::int) from events`;
