-- A leg whose talk was over before its session began is taken in with a note. It ended before it started, which cut two
-- sessions out of one instant. Nothing ends before it starts; `greatest` passes over what is not stated.
create or replace view customer_events as
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
  null::text as campaign,
  null::text as medium,
  t.source,
  null::text as source_id,
  t.interaction_id,
  null::text as universal_session_id,
  t.value,
  t.currency,
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
  null::integer,
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
  i.campaign,
  i.medium,
  i.source,
  i.source_id,
  i.id,
  i.universal_session_id,
  null::numeric,
  null::char(3),
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
  i.ingested_at
from interactions i
where not i.is_visit
and i.channel_type not in ('WEB', 'APP');

-- What lasts, in the words of the view: PostgreSQL uses a partial index only for the condition that it was made with.
DROP INDEX "touchpoints_lasting";

CREATE INDEX "touchpoints_lasting" ON "touchpoints"("customer_id", "occurred_at") INCLUDE ("ended_at")
WHERE greatest("occurred_at", "ended_at") > "occurred_at";

-- Whoever has such a leg is made anew.
insert into stale_customers (customer_id, change_id)
select i.customer_id, gen_random_uuid()
from (
  select distinct i.customer_id
  from interactions i
  where not i.is_visit
  and coalesce(i.interaction_end_time, i.session_end_time) < i.session_start_time
) i;
