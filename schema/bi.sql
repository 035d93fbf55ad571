-- Printed by `npm run contracts`; a migration repeats what changes.

-- CAR, one row for each customer of whom a source has stated anything: the surviving values as src/customers/survive.ts
-- has them, and those of src/customers/usage.ts where nobody states any. "CustomerKey" joins it to the other two.
-- Left out as personal: Cust_ID, GlobalCustomerID, Occupation, Age, MaritalStatus, Ethnicity, GrossAnnualIncome, GrossAnnualIncomeCurrency.
create view bi.car as
select
  c.id as "CustomerKey",
  s.fields ->> 'employmentType' as "EmploymentType",
  s.fields ->> 'countryName' as "CountryName",
  s.fields ->> 'region' as "Region",
  s.fields ->> 'branchNumber' as "BranchNumber",
  s.fields ->> 'customerCountryRelationship' as "CustomerCountryRelationship",
  coalesce((s.fields ->> 'tenureMonths')::integer, u.tenure_months) as "Tenure",
  split_part(s.fields ->> 'overallRevenue', ' ', 1)::numeric as "OverallRevenue",
  split_part(s.fields ->> 'overallRevenue', ' ', 2) as "OverallRevenueCurrency",
  s.fields -> 'products' ->> 0 as "Product 1",
  s.fields -> 'products' ->> 1 as "Product 2",
  s.fields -> 'products' ->> 2 as "Product 3",
  (s.fields ->> 'highRiskCustomer')::boolean as "HighRiskCustomer",
  s.fields ->> 'customerRestriction' as "CustomerRestriction",
  (s.fields ->> 'financialRiskCustomer')::boolean as "FinancialRiskCustomer",
  s.fields ->> 'customerSegmentId' as "CustomerSegmentID",
  (s.fields ->> 'vvip')::boolean as "VVIP",
  (s.fields ->> 'premierCustomer')::boolean as "PremierCustomer",
  s.fields ->> 'commercialOrPersonal' as "CommercialorPersonal",
  (s.fields ->> 'isDigitalEligible')::boolean as "IsDigitalEligible",
  coalesce((s.fields ->> 'branchVisits')::integer, u.branch_visits) as "BranchVisits",
  coalesce((select string_agg(k.value, ', ' order by k.place) from jsonb_array_elements_text(s.fields -> 'commonChannels') with ordinality as k (value, place)), u.common_channels) as "CommonChannels",
  coalesce(s.fields ->> 'device', u.device) as "Device",
  coalesce((s.fields ->> 'numberOfTotalProducts')::integer, u.number_of_total_products) as "NumberofTotalProducts"
from (
  select distinct r.customer_id as id from customer_records r where not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = r.customer_id)
) c
cross join lateral (
  select jsonb_object_agg(b.field, b.value) as fields
  from (
    select distinct on (v.field) v.field, v.value
    from customer_records r
    left join sources o on o.name = r.source
    cross join lateral (
      values
        ('employmentType', to_jsonb(r.employment_type)),
        ('countryName', to_jsonb(r.country_name)),
        ('region', to_jsonb(r.region)),
        ('branchNumber', to_jsonb(r.branch_number)),
        ('customerCountryRelationship', to_jsonb(r.customer_country_relationship)),
        ('tenureMonths', to_jsonb(r.tenure_months)),
        ('overallRevenue', to_jsonb(r.overall_revenue_amount || ' ' || r.overall_revenue_currency)),
        ('products', to_jsonb(r.products)),
        ('highRiskCustomer', to_jsonb(r.high_risk_customer)),
        ('customerRestriction', to_jsonb(r.customer_restriction)),
        ('financialRiskCustomer', to_jsonb(r.financial_risk_customer)),
        ('customerSegmentId', to_jsonb(r.customer_segment_id)),
        ('vvip', to_jsonb(r.vvip)),
        ('premierCustomer', to_jsonb(r.premier_customer)),
        ('commercialOrPersonal', to_jsonb(r.commercial_or_personal)),
        ('isDigitalEligible', to_jsonb(r.is_digital_eligible)),
        ('branchVisits', to_jsonb(r.branch_visits)),
        ('commonChannels', to_jsonb(r.common_channels)),
        ('device', to_jsonb(r.device)),
        ('numberOfTotalProducts', to_jsonb(r.number_of_total_products))
    ) v (field, value)
    where r.customer_id = c.id
    and v.value is not null
    and v.value <> '[]'
    -- 100 is the rank of a source without settings.
    order by
      v.field,
      coalesce(o.rank, 100),
      coalesce((r.stated ->> v.field)::timestamptz, r.observed_at) desc,
      r.source collate "C",
      r.source_id collate "C"
  ) b
) s
cross join lateral (
  with used as (
    select
      i.channel_type as channel,
      i.device,
      count(distinct i.id) as interactions,
      min(i.session_start_time) as first_at,
      max(i.session_start_time) as last_at
    from interactions i
    where i.customer_id = c.id
    group by i.channel_type, i.device
  )
  select
    (
      select string_agg(k.channel::text, ', ' order by k.interactions desc, k.last_at desc, k.channel)
      from (
        select n.channel, sum(n.interactions) as interactions, max(n.last_at) as last_at
        from used n
        group by n.channel
        order by interactions desc, last_at desc, n.channel
        limit 3
      ) k
    ) as common_channels,
    (
      select n.device
      from used n
      where n.device is not null
      group by n.device
      order by sum(n.interactions) desc, max(n.last_at) desc, min(n.channel)
      limit 1
    ) as device,
    (select sum(n.interactions)::integer from used n where n.channel = 'BRANCH') as branch_visits,
    jsonb_array_length(s.fields -> 'products') as number_of_total_products,
    -- Whole calendar months in UTC, the time of day left aside.
    (
      select greatest(0, (
        extract(year from t.now) * 12 + extract(month from t.now)
        - extract(year from t.first) * 12 - extract(month from t.first)
        - (extract(day from t.now) < extract(day from t.first))::integer
      )::integer)
      from (select now() at time zone 'UTC' as now, min(n.first_at) at time zone 'UTC' as first from used n) t
      where t.first is not null
    ) as tenure_months
) u;

-- JAR, one row for each interaction, with what a call log tells beside it. A visit that several subjects took part in is
-- stored once for each of them; the row that began first stands for it. Lengths that nobody supplied are measured, as in
-- src/facts/durations.ts. "InteractionKey" joins it to bi.touchpoints. Left out as written about people:
-- CUST_ID, InteractionNotes, Metadata.
create view bi.jar as
select
  i.customer_id as "CustomerKey",
  i.id as "InteractionKey",
  i.source as "Source",
  i.source_id as "SourceId",
  i.revision as "Revision",
  i.channel_type::text as "ChannelType",
  i.universal_session_id as "UniversalSessionId",
  i.session_id as "SessionId",
  i.session_start_time as "SessionStartTime",
  i.interaction_start_time as "InteractionStartTime",
  i.interaction_end_time as "InteractionEndTime",
  e.session_end_time as "SessionEndTime",
  i.hold_seconds as "HoldTime",
  i.queue_seconds as "QueueTime",
  coalesce(i.session_seconds, m.session_seconds) as "SessionDuration",
  coalesce(i.customer_seconds, m.customer_seconds) as "CustomerDuration",
  coalesce(i.agent_seconds, m.agent_seconds) as "AgentDuration",
  coalesce(i.interaction_seconds, m.interaction_seconds) as "InteractionDuration",
  i.agent_id as "AgentId",
  i.agent_skill_id as "AgentSkillId",
  i.department as "Department",
  i.team as "Team",
  i.intent_category as "IntentCategory",
  i.intent as "Intent",
  i.journey_step as "JourneyStep",
  i.is_resolved as "IsResolved",
  i.is_transferred as "IsTransferred",
  i.channel_type_transferred::text as "ChannelTypeTransferred",
  i.agent_id_transferred as "AgentIdTransferred",
  i.agent_skill_id_transferred as "AgentSkillIdTransferred",
  i.is_digital_offered as "IsDigitalOffered",
  i.is_digital_accepted as "IsDigitalAccepted",
  i.exit_reason_code as "ExitReasonCode",
  i.is_transferred_to_survey as "IsTransferredToSurvey",
  i.csat_score as "CSATScore",
  i.is_call_back as "IsCallBack",
  i.call_back_session_id as "CallBackSessionId",
  i.sequence as "Sequence",
  i.contact_key as "ContactKey",
  i.call_id as "CallId",
  i.is_consult as "IsConsult",
  i.csat_scale_max as "CsatScaleMax",
  i.direction::text as "Direction",
  i.call_reason as "CallReason",
  i.call_centre_id as "CallCentreId",
  i.outcome::text as "Outcome",
  i.cost_amount as "Cost",
  i.cost_currency as "CostCurrency",
  i.revenue_amount as "Revenue",
  i.revenue_currency as "RevenueCurrency",
  i.transaction_id as "TransactionId",
  i.tracking_number as "TrackingNumber",
  i.campaign as "Campaign",
  i.medium as "Medium",
  i.campaign_source as "CampaignSource",
  i.referrer as "Referrer",
  i.landing_page as "LandingPage",
  i.page_url as "PageUrl",
  i.device as "Device",
  i.match_status::text as "MatchStatus",
  i.match_method::text as "MatchMethod",
  i.match_confidence as "MatchConfidence",
  i.match_page as "MatchPage",
  i.match_url as "MatchUrl",
  i.match_seconds as "MatchSeconds",
  i.match_campaign as "MatchCampaign",
  i.match_medium as "MatchMedium",
  i.match_campaign_source as "MatchCampaignSource",
  i.match_referrer as "MatchReferrer",
  i.match_landing_page as "MatchLandingPage"
from interactions i
cross join lateral (
  select case
    when i.is_visit then (select max(o.session_end_time) from interactions o where o.id = i.id)
    else i.session_end_time
  end as session_end_time
) e
cross join lateral (
  select
    max(n.seconds) filter (where n.name = 'session') as session_seconds,
    max(n.seconds) filter (where n.name = 'customer') as customer_seconds,
    max(n.seconds) filter (where n.name = 'agent') as agent_seconds,
    max(n.seconds) filter (where n.name = 'interaction') as interaction_seconds
  from (
    select l.name, floor(extract(epoch from l.upto - l.since))::integer as seconds
    from (
      values
        ('session', i.session_start_time, e.session_end_time),
        ('customer', i.session_start_time, i.interaction_end_time),
        ('agent', i.interaction_start_time, e.session_end_time),
        ('interaction', i.interaction_start_time, i.interaction_end_time)
    ) l (name, since, upto)
  ) n
  -- Times that are the wrong way round measure nothing.
  where n.seconds >= 0
) m
where (
  not i.is_visit
  or not exists (
    select from interactions o
    where o.id = i.id
    and (o.is_visit, o.session_start_time, o.subject_id) < (i.is_visit, i.session_start_time, i.subject_id)
  )
)
and not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = i.customer_id);

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
left join items l on l.id = t.landing_page_id
where not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = t.customer_id);

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
and not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = i.customer_id)
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
where not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = t.customer_id)
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
where not exists (select from consent_closed x where x.use = 'EXPORTS' and x.customer_id = t.customer_id)
group by t.customer_id;
