-- The money of a transaction that stands in several rows adds up: "ValueOnce".
drop view bi.touchpoints;

-- Everything that happened, one row a moment: page views, searches, prompts, and calls and other legs as the touchpoints
-- that they are. "ValueOnce" adds up: of the rows of one transaction only the one that was stated last has it.
-- Left out as written about people: Metadata.
create view bi.touchpoints as
select
  t.customer_id as "CustomerKey",
  t.interaction_id as "InteractionKey",
  t.occurred_at as "OccurredAt",
  nullif(t.ended_at, t.occurred_at) as "EndedAt",
  t.sequence as "Sequence",
  t.kind::text as "Kind",
  t.channel::text as "Channel",
  n.name as "Name",
  nullif(n.section, '') as "Section",
  u.name as "Url",
  coalesce(t.value, t.revenue_amount) as "Value",
  case when t.value is null then t.revenue_currency else t.currency end as "ValueCurrency",
  t.transaction_id as "TransactionId",
  nullif(coalesce(t.campaign, t.brought_campaign, c.name), '') as "Campaign",
  nullif(coalesce(t.medium, t.brought_medium, c.section), '') as "Medium",
  coalesce(t.campaign_source, t.brought_campaign_source, o.name) as "CampaignSource",
  coalesce(t.referrer, t.brought_referrer, r.name) as "Referrer",
  coalesce(t.landing_page, t.brought_landing_page, l.name) as "LandingPage",
  t.source as "Source",
  case
    when t.transaction_id is null or not exists (
      select
      from customer_events w
      where w.transaction_id = t.transaction_id
      and (w.stated_at, w.id) > (t.stated_at, t.id)
      and coalesce(w.revenue_amount, w.value) is not null
      and coalesce((select s.transaction_issuer from sources s where s.name = w.source), w.source) = coalesce((select s.transaction_issuer from sources s where s.name = t.source), t.source)
    )
    then coalesce(t.value, t.revenue_amount)
  end as "ValueOnce"
from customer_events t
left join items n on n.id = t.item_id
left join items u on u.id = t.url_id
left join items c on c.id = t.campaign_id
left join items o on o.id = t.campaign_source_id
left join items r on r.id = t.referrer_id
left join items l on l.id = t.landing_page_id;
