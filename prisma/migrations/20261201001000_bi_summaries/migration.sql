-- Interactions a day of UTC, as `aggregate` counts INTERACTIONS: legs but consults, and visits on the day they began. "Customers"
-- of several rows may be the same people: add up all other numbers, not these. A mean is a sum by the number of those that are known.
create view bi.interactions_by_day as
select
  (i.session_start_time at time zone 'UTC')::date as "Day",
  i.channel_type::text as "ChannelType",
  i.source as "Source",
  i.call_reason as "CallReason",
  i.team as "Team",
  i.outcome::text as "Outcome",
  count(distinct (i.customer_id, i.id)) as "Interactions",
  count(distinct i.customer_id) filter (where c.id is not null) as "Customers",
  sum(coalesce(
    i.agent_seconds,
    case
      when i.session_end_time >= i.interaction_start_time
      then floor(extract(epoch from i.session_end_time - i.interaction_start_time))::integer
    end
  )) as "AgentSeconds",
  count(coalesce(
    i.agent_seconds,
    case
      when i.session_end_time >= i.interaction_start_time
      then floor(extract(epoch from i.session_end_time - i.interaction_start_time))::integer
    end
  )) as "AgentSecondsKnown",
  sum(i.queue_seconds) as "QueueSeconds",
  count(i.queue_seconds) as "QueueSecondsKnown",
  count(*) filter (where i.is_resolved) as "Resolved",
  count(i.is_resolved) as "ResolvedKnown",
  sum(i.cost_amount) as "Cost",
  i.cost_currency as "CostCurrency"
from interactions i
left join customers c on c.id = i.customer_id
where i.is_consult is not true
group by 1, 2, 3, 4, 5, 6, i.cost_currency;

-- Touchpoints a day of UTC by what they were, as `aggregate` counts TOUCHPOINTS: calls are among them.
create view bi.touchpoints_by_day as
select
  (t.occurred_at at time zone 'UTC')::date as "Day",
  t.channel::text as "Channel",
  t.kind::text as "Kind",
  n.name as "Name",
  nullif(n.section, '') as "Section",
  count(*) as "Touchpoints",
  count(distinct t.customer_id) filter (where c.id is not null) as "Customers"
from customer_events t
left join items n on n.id = t.item_id
left join customers c on c.id = t.customer_id
group by 1, 2, 3, 4, 5;

-- What each customer did, one row for everybody who did anything, as `aggregate` counts CUSTOMERS. "CustomerKey" joins it to bi.car.
create view bi.activity as
select
  t.customer_id as "CustomerKey",
  min(t.occurred_at) as "FirstAt",
  max(t.occurred_at) as "LastAt",
  count(*) as "Touchpoints",
  count(distinct t.interaction_id) as "Interactions",
  count(*) filter (where t.kind = 'CALL') as "Calls",
  max(t.occurred_at) filter (where t.kind = 'CALL') as "LastCallAt",
  string_agg(distinct t.channel::text, ', ') as "Channels"
from customer_events t
join customers c on c.id = t.customer_id
group by t.customer_id;
