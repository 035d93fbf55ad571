-- Printed by `npm run contracts`; never edited.
-- $1 = 2147483647
-- $2 = 2147483647
-- $3 = "2026-11-01T00:00:00.000Z"
-- $4 = "2026-12-01T00:00:00.000Z"
-- $5 = 1000

with
  seen as not materialized (
    select
      coalesce(coalesce(e.campaign, (select nullif(c.name, '') from items c where c.id = e.campaign_id)), e.brought_campaign) as value,
      e.interaction_id,
      (e.is_leg or e.kind in ('CALL', 'TRANSACTION')) as is_worth,
      e.kind = 'CALL' and case
    when e.shares_call and e.channel = 'VOICE' then not exists (
      select from customer_events e
      where e.contact_id = o.contact_id and e.is_leg and e.channel = 'VOICE' and true
      and (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (e.occurred_at, coalesce(e.sequence, $1::int), e.channel, e.kind, e.id)) < (case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = o.customer_id)
    or exists (select from identities r where r.customer_id = o.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end, (o.occurred_at, coalesce(o.sequence, $2::int), o.channel, o.kind, o.id))
    )
    else true
  end as is_call,
      e.match_status = 'MATCHED' as is_matched,
      case
        when e.transaction_id is not null then coalesce((select o.transaction_issuer from sources o where o.name = e.source), e.source) || ' ' || e.transaction_id
        when e.kind = 'TRANSACTION' then e.id::text
      end as transaction,
      e.cost_amount,
      e.cost_currency,
      case
        when not (
  e.transaction_id is null
  or not exists (
    select
    from customer_events n
    where n.transaction_id = e.transaction_id
    and (n.stated_at, n.id) > (e.stated_at, e.id)
    and coalesce(n.revenue_amount, n.value) is not null
    and coalesce((select o.transaction_issuer from sources o where o.name = n.source), n.source) = coalesce((select o.transaction_issuer from sources o where o.name = e.source), e.source)
  )
) then null
        when e.is_leg then e.revenue_amount
        when e.kind = 'TRANSACTION' then e.value
      end as revenue_amount,
      case when e.is_leg then e.revenue_currency else e.currency end as revenue_currency
    from customer_events e
    cross join lateral (
  select e.contact_id, e.customer_id, e.occurred_at, e.sequence, e.channel, e.kind, e.id
) o
    where e.occurred_at >= $3 and e.occurred_at < $4
    and true
  ),
  parts as materialized (
    select
      s.value, s.cost_currency, s.revenue_currency,
      count(*) filter (where s.is_call) as calls,
      count(*) filter (where s.is_call and s.is_matched) as matched,
      sum(s.cost_amount) as cost,
      sum(s.revenue_amount) as revenue
    from seen s
    where s.is_worth
    group by s.value, s.cost_currency, s.revenue_currency
  ),
  counts as (
    select p.value, p.calls, p.matched, 0 as interactions, 0 as transactions
    from parts p
    union all
    select v.value, 0, 0, 1, 0
    from (select s.value, s.interaction_id from seen s group by s.value, s.interaction_id) v
    union all
    select t.value, 0, 0, 0, 1
    from (select s.value, s.transaction from seen s where s.is_worth and s.transaction is not null group by s.value, s.transaction) t
  ),
  ranked as (
    select
      c.value, sum(c.interactions)::int as interactions, sum(c.calls)::int as calls, sum(c.matched)::int as matched,
      sum(c.transactions)::int as transactions
    from counts c
    group by c.value
    order by calls desc, interactions desc, c.value collate "C"
    limit $5
  ),
  revenues as (
    select p.value, p.revenue_currency as currency, sum(p.revenue) as amount
    from parts p
    where p.revenue is not null
    group by p.value, p.revenue_currency
  ),
  costs as (
    select p.value, p.cost_currency as currency, sum(p.cost) as amount
    from parts p
    where p.cost is not null
    group by p.value, p.cost_currency
  )
select
  r.value, r.interactions, r.calls, r.matched as "matchedCalls", r.transactions,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('amount', trim_scale(m.amount)::text, 'currency', m.currency)
        order by m.currency
      )
      from revenues m
      where m.value is not distinct from r.value
    ),
    '[]'
  ) as revenue,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('amount', trim_scale(m.amount)::text, 'currency', m.currency)
        order by m.currency
      )
      from costs m
      where m.value is not distinct from r.value
    ),
    '[]'
  ) as cost
from ranked r
order by r.calls desc, r.interactions desc, r.value collate "C";
