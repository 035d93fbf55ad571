-- Printed by `npm run contracts`; never edited.
-- $1 = 4
-- $2 = 1440
-- $3 = 2
-- $4 = ["home"]
-- $5 = 1
-- $6 = ["billing"]
-- $7 = 2
-- $8 = ["CALL"]
-- $9 = ["VOICE"]
-- $10 = 4
-- $11 = "2026-11-01T00:00:00.000Z"
-- $12 = "2026-12-01T00:00:00.000Z"
-- $13 = 1440
-- $14 = "2026-12-01T00:00:00.000Z"
-- $15 = 1
-- $16 = 2
-- $17 = 3

with
  walked as (
    select
      min(array[date_part('epoch', e.occurred_at), 0]) filter (where e.start_1 is not null) as first_1,
      max(e.start_1) as start_1,
      max(e.occurred_at) filter (where e.start_1 is not null) as last_at_1,
      max(e.n) filter (where e.start_1 is not null) as last_n_1,
      min(array[date_part('epoch', e.occurred_at), date_part('epoch', e.occurred_at - e.past_at_2)]) filter (where e.start_2 is not null) as first_2,
      max(e.start_2) as start_2,
      max(e.occurred_at) filter (where e.start_2 is not null) as last_at_2,
      max(e.n) filter (where e.start_2 is not null) as last_n_2,
      min(array[date_part('epoch', e.occurred_at), date_part('epoch', e.occurred_at - e.past_at_3)]) filter (where e.start_3 is not null) as first_3,
      max(e.start_3) as start_3,
      max(e.occurred_at) filter (where e.start_3 is not null) as last_at_3,
      max(e.n) filter (where e.start_3 is not null) as last_n_3, max(e.size) as size, max(e.last_end) as last_end
    from (
    select e.*, case when e.mask & $1::int > 0 and e.occurred_at <= e.past_at_3 + make_interval(mins => $2::int) then e.past_start_3 end as start_3
    from (
      select
        e.*,
        max(e.start_2) over w as past_start_3,
        max(e.occurred_at) filter (where e.start_2 is not null) over w as past_at_3,
        max(e.n) filter (where e.start_2 is not null) over w as past_n_3
      from (
    select e.*, case when e.mask & $3::int > 0 then e.past_start_2 end as start_2
    from (
      select
        e.*,
        max(e.start_1) over w as past_start_2,
        max(e.occurred_at) filter (where e.start_1 is not null) over w as past_at_2,
        max(e.n) filter (where e.start_1 is not null) over w as past_n_2
      from (
    select e.*, case when e.mask & 1 > 0 then e.occurred_at end as start_1
    from (
    select
      e.customer_id, 0::bigint as session, e.occurred_at, e.sequence, e.channel, e.kind, e.id, (case when ((e.item_id in (select i.id from items i where i.section = any($4::text[])))) then $5::int else 0 end + case when ((e.item_id in (select i.id from items i where i.section = any($6::text[])))) then $7::int else 0 end + case when (((not e.is_leg and e.kind = any($8::touchpoint_kind[]) or e.is_leg and e.channel = any($9::channel[])))) then $10::int else 0 end) as mask,
      null::bigint as n, null::bigint as size, null::timestamptz as last_end
    from customer_events e
    where e.occurred_at >= $11 and e.occurred_at < $12
    and true
    and not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end
    -- As the index on (customer, time) has them, so that nothing is left to sort but what happened in one instant.
    order by e.customer_id, e.occurred_at
      -- A fence: which steps an event takes is looked up once, not at each mention.
      offset 0
    ) e
    where e.mask > 0) e
      window w as (
        partition by e.customer_id
        order by e.occurred_at, e.sequence, e.channel, e.kind, e.id
        rows between unbounded preceding and 1 preceding
      )
    ) e) e
      window w as (
        partition by e.customer_id
        order by e.occurred_at, e.sequence, e.channel, e.kind, e.id
        rows between unbounded preceding and 1 preceding
      )
    ) e) e
    group by e.customer_id
  ),
  counted as (
    select
      count(w.first_1)::int as count_1, 0 as pending_1, null::float8 as median_1,
      count(w.first_2)::int as count_2, (count(*) filter (where w.first_2 is null and false))::int as pending_2, percentile_cont(0.5) within group (order by w.first_2[2]) as median_2,
      count(w.first_3)::int as count_3, (count(*) filter (where w.first_3 is null and w.last_at_2 + make_interval(mins => $13::int) >= $14))::int as pending_3, percentile_cont(0.5) within group (order by w.first_3[2]) as median_3
    from walked w
  )
select 0 as step, 0 as count, 0 as pending, null::float8 as median
union all
select l.*
from counted c
cross join lateral (
  values ($15::int, c.count_1, c.pending_1, c.median_1),($16::int, c.count_2, c.pending_2, c.median_2),($17::int, c.count_3, c.pending_3, c.median_3)
) l
order by step;
