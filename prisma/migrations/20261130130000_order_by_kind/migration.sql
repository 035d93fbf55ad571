-- Events of one instant, sequence and channel are ordered by kind, which is the order of the enum: a call after messages
-- and forms. An interaction may state a sequence.
drop view bi.touchpoints;
drop view customer_events;
drop index "touchpoints_rare";
drop index "touchpoints_other";

alter type "touchpoint_kind" rename to "touchpoint_kind_of_before";
create type "touchpoint_kind" as enum ('PAGE_VIEW', 'SEARCH', 'PROMPT', 'INTENT', 'MESSAGE', 'FORM', 'CALL', 'TRANSACTION', 'SURVEY', 'OTHER');
alter table "touchpoints" alter column "kind" type "touchpoint_kind" using "kind"::text::"touchpoint_kind";
alter table "sources" alter column "keep_kinds" type "touchpoint_kind"[] using "keep_kinds"::text[]::"touchpoint_kind"[];
drop type "touchpoint_kind_of_before";

alter table "interactions" add column "sequence" integer;

-- As before: forms and the like without the page views, and clicks on a telephone link.
create index "touchpoints_rare" on "touchpoints"("kind", "occurred_at") where "kind" <> 'PAGE_VIEW';
create index "touchpoints_other" on "touchpoints"("occurred_at", "url_id") where "kind" = 'OTHER';

-- Without the end: a visit's grows with each touchpoint, and an indexed column would forbid the cheap update.
drop index "interactions_customer_time";
create index "interactions_customer_time" on "interactions"("customer_id", "session_start_time") include ("id", "channel_type", "is_visit", "item_id", "sequence");

-- Roll-ups count by the number of the kind, and keep what happened in order: every customer's are made again.
update "customer_totals" set "by_kind" = "by_kind"[1:4] || "by_kind"[6:7] || "by_kind"[5] || "by_kind"[8:10];
insert into "changed_customers" ("customer_id", "change_id") select "customer_id", gen_random_uuid() from "customer_totals";

-- Every event of every customer: touchpoints, and the legs that senders report, which are one touchpoint each
-- (a WEB or APP leg is none: its page views are; nor is a consult, which is between agents). Every report reads this relation. `ended_at` is where idle time
-- starts: nothing ends before it starts, and `greatest` passes over what is not stated. `brought_…` is what brought the visit
-- that a call came out of; `stated_at` is when its sender last said so. On one machine it is a view; on a
-- sharded database it would be a table distributed by customer_id.
create view customer_events as
select
  t.customer_id,
  t.subject_id,
  t.id,
  false as is_leg,
  t.occurred_at,
  greatest(t.occurred_at, t.ended_at) as ended_at,
  t.sequence,
  t.channel,
  t.kind,
  t.item_id,
  t.url_id,
  t.campaign_id,
  t.campaign_source_id,
  t.referrer_id,
  t.landing_page_id,
  null::text as campaign,
  null::text as medium,
  null::text as campaign_source,
  null::text as referrer,
  null::text as landing_page,
  null::text as brought_campaign,
  null::text as brought_medium,
  null::text as brought_campaign_source,
  null::text as brought_referrer,
  null::text as brought_landing_page,
  t.source,
  null::text as source_id,
  t.interaction_id,
  null::text as universal_session_id,
  t.value,
  t.currency,
  t.transaction_id,
  t.occurred_at as stated_at,
  null::text as call_reason,
  null::text as intent,
  null::text as journey_step,
  null::text as agent_id,
  null::text as agent_skill_id,
  null::text as team,
  null::text as department,
  null::text as call_centre_id,
  null::outcome as outcome,
  null::numeric as cost_amount,
  null::char(3) as cost_currency,
  null::numeric as revenue_amount,
  null::char(3) as revenue_currency,
  null::match_status as match_status,
  null::uuid as contact_id,
  null::boolean as shares_call,
  t.metadata,
  t.ingested_at
from touchpoints t
union all
select
  i.customer_id,
  i.subject_id,
  i.id,
  true,
  i.session_start_time,
  greatest(i.session_start_time, coalesce(i.interaction_end_time, i.session_end_time)),
  i.sequence,
  i.channel_type,
  case
    when i.channel_type = 'VOICE' then 'CALL'
    when i.channel_type = 'IVR' then 'PROMPT'
    when i.channel_type = 'BOT' then 'INTENT'
    when i.channel_type in ('CHAT', 'SMS', 'EMAIL', 'SOCIAL', 'MAIL', 'FAX') then 'MESSAGE'
    when i.channel_type = 'SURVEY' then 'SURVEY'
    else 'OTHER'
  end::touchpoint_kind,
  i.item_id,
  null::bigint,
  null::bigint,
  null::bigint,
  null::bigint,
  null::bigint,
  i.campaign,
  i.medium,
  i.campaign_source,
  i.referrer,
  i.landing_page,
  i.match_campaign,
  i.match_medium,
  i.match_campaign_source,
  i.match_referrer,
  i.match_landing_page,
  i.source,
  i.source_id,
  i.id,
  i.universal_session_id,
  null::numeric,
  null::char(3),
  i.transaction_id,
  coalesce(i.revision, i.session_start_time),
  i.call_reason,
  i.intent,
  i.journey_step,
  i.agent_id,
  i.agent_skill_id,
  i.team,
  i.department,
  i.call_centre_id,
  i.outcome,
  i.cost_amount,
  i.cost_currency,
  i.revenue_amount,
  i.revenue_currency,
  i.match_status,
  i.contact_id,
  i.shares_call,
  i.metadata,
  i.ingested_at
from interactions i
where not i.is_visit
and i.channel_type not in ('WEB', 'APP')
and i.is_consult is not true;

drop view bi.jar;
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
  i.cust_id as "CUST_ID",
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
where not i.is_visit
or not exists (
  select from interactions o
  where o.id = i.id
  and (o.is_visit, o.session_start_time, o.subject_id) < (i.is_visit, i.session_start_time, i.subject_id)
);

-- Everything that happened, one row a moment: page views, searches, prompts, and calls and other legs as the touchpoints
-- that they are. Left out as written about people: Metadata.
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
  t.source as "Source"
from customer_events t
left join items n on n.id = t.item_id
left join items u on u.id = t.url_id
left join items c on c.id = t.campaign_id
left join items o on o.id = t.campaign_source_id
left join items r on r.id = t.referrer_id
left join items l on l.id = t.landing_page_id;
