-- Printed by `npm run contracts`; never edited.
-- $1 = "day"
-- $2 = "Europe/Stockholm"
-- $3 = "Europe/Stockholm"
-- $4 = "day"
-- $5 = "Europe/Stockholm"
-- $6 = "Europe/Stockholm"
-- $7 = "day"
-- $8 = "Europe/Stockholm"
-- $9 = "day"
-- $10 = "Europe/Stockholm"
-- $11 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $12 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $13 = ["VOICEMAIL","CALLBACK_REQUESTED","FLOWED_OUT"]
-- $14 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $15 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $16 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $17 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $18 = ["VOICE"]
-- $19 = "2026-11-01T00:00:00.000Z"
-- $20 = "2026-12-01T00:00:00.000Z"
-- $21 = "2026-11-01T00:00:00.000Z"
-- $22 = "2026-12-01T00:00:00.000Z"
-- $23 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $24 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $25 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $26 = 168
-- $27 = 168
-- $28 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $29 = 20
-- $30 = 20
-- $31 = 5
-- $32 = 10001

with
  legs as materialized (
  select
    e.*,
    case when (date_trunc($1::text, e.at, $2::text) - interval '1 hour') at time zone $3::text = (date_trunc($4::text, e.at, $5::text)) at time zone $6::text then date_trunc($7::text, e.at, $8::text) - interval '1 hour' else date_trunc($9::text, e.at, $10::text) end as bucket,
    e.is_handled and e.is_queued as is_answered,
    e.is_open_ended and e.direction is distinct from 'OUTBOUND' as may_be_queued,
    case when e.outcome = 'TRANSFERRED_OUT' then true else coalesce(e.is_transferred, case when e.outcome = 'HANDLED' then false end) end as is_handed_on,
    e.channel in ('IVR', 'BOT') as is_bot,
    case
      when e.outcome = 'TRANSFERRED_OUT' then true
      when e.outcome in ('CONTAINED', 'ABANDONED') then false
      when e.is_transferred then coalesce(e.channel_type_transferred <> all($11::channel[]), true)
      else e.is_transferred
    end as is_escalated,
    coalesce(e.is_resolved, case when e.outcome in ('ABANDONED', 'FAILED') then false end) as is_fulfilled,
    (e.channel = 'IVR' or e.is_digital_offered is not null) as may_be_digital,
    case when e.csat_score is not null then true else e.is_transferred_to_survey end as is_surveyed,
    e.csat_score / e.csat_scale_max as csat,
    case when e.conversation >= e.hold then e.conversation - e.hold when e.conversation < e.hold then 0 end as talk,
    coalesce(
      e.agent_seconds,
      case when e.session_end_time >= e.answered_at then floor(date_part('epoch', e.session_end_time - e.answered_at)) end,
      e.conversation + e.wrap_up
    )::float8 as handle
  from (
    select
      e.*,
      e.started_at as at,
      '{}'::text[] as groups,
      (not case when exists (select from identities r where r.kind = 'RECORD' and r.customer_id = e.customer_id)
    or exists (select from identities r where r.customer_id = e.customer_id and r.namespace = 'contact' and not exists (
  select
  from assignments a
  join identities o on o.id = a.subject_id
  where a.customer_id = r.customer_id and a.known_to = 'infinity' and o.namespace <> 'contact'
))
    then true else false end) as is_known,
      coalesce(
        e.queue_seconds,
        case
          when not e.is_queued then null
          when e.is_handled then case when e.interaction_start_time >= e.started_at then floor(date_part('epoch', e.interaction_start_time - e.started_at)) end
          when e.is_abandoned then case when e.ended_at >= e.started_at then floor(date_part('epoch', e.ended_at - e.started_at)) end
        end
      )::float8 as wait,
      coalesce(e.interaction_seconds, case when e.ended_at >= e.answered_at then floor(date_part('epoch', e.ended_at - e.answered_at)) end)::float8 as conversation,
      e.hold_seconds::float8 as hold,
      case when e.session_end_time >= e.ended_at then floor(date_part('epoch', e.session_end_time - e.ended_at)) end::float8 as wrap_up
    from (
      select
        e.*,
        (
          e.queue_seconds is not null
          or e.direction is distinct from 'OUTBOUND' and (
            e.is_handled
            or e.is_abandoned
            or e.channel <> all($12::channel[]) and coalesce(e.outcome = any($13::outcome[]), false)
          )
        ) as is_queued,
        (e.channel <> all($14::channel[]) and e.outcome is null and not (
  e.channel <> all($15::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)) as is_open_ended,
        coalesce(e.interaction_start_time, e.started_at + make_interval(secs => e.queue_seconds)) as answered_at
      from (
        select e.*,  (
  e.channel <> all($16::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
) as is_handled, coalesce(
  e.outcome = 'ABANDONED'
  and (e.queue_seconds is not null
    or e.channel <> all($17::channel[])
      and e.direction is distinct from 'OUTBOUND'
      and e.ended_at is distinct from e.started_at),
  false
) as is_abandoned
        from (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, i.direction, i.is_resolved, i.is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic
      from interactions i
      where not i.is_visit
          and true and i.channel_type = any($18::channel[])
          and i.session_start_time >= $19 and i.session_start_time < $20
        ) e
      ) e
    ) e
  ) e
  where e.at >= $21
  and e.at < $22),
  repeats as materialized (
    select
      l.id,
      bool_or(n.is_contact) as again,
      case when bool_or(n.is_contact and n.topic = l.topic) then true when bool_and((n.is_contact and n.topic = l.topic) is not null) then false end as same_topic,
      bool_or(n.is_contact and n.channel = 'VOICE') as called,
      case when bool_or(n.is_handled) then true when bool_and((n.is_handled) is not null) then false end as helped
    from legs l
    join lateral (
      select
        e.topic, e.channel, case when not (e.channel <> all($23::channel[]) and e.outcome is null and not (
  e.channel <> all($24::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)) then (
  e.channel <> all($25::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
) end as is_handled,
        e.channel <> 'SURVEY'
          and e.direction is distinct from 'OUTBOUND'
          and e.is_call_back is not true
          and (e.universal_session_id = l.universal_session_id) is not true as is_contact
      from (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, i.direction, i.is_resolved, i.is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic
      from interactions i
      where not i.is_visit
        and i.session_start_time >= (select min(l.started_at) from legs l)
        and i.session_start_time <= (select max(l.started_at) from legs l) + make_interval(hours => $26::int)
      ) e
      where e.customer_id = l.customer_id
      and e.started_at <= l.started_at + make_interval(hours => $27::int)
      and (e.started_at, e.id) > (l.started_at, l.id)
    ) n on true
    where l.is_known
    group by l.id),
  callbacks as (
    select e.call_back_session_id
    from (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, i.direction, i.is_resolved, i.is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic
      from interactions i
      where not i.is_visit and i.is_call_back and i.call_back_session_id is not null) e
    where (
  e.channel <> all($28::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)
  ),
  switching as (
    select i.universal_session_id
    from interactions i
    where i.universal_session_id in (select l.universal_session_id from legs l)
    group by i.universal_session_id
    having min(i.channel_type) < max(i.channel_type)
  ),
  contacts as (
    select
      l.*,
      case when not l.is_known then null when r.id is null then false else r.again end as again,
      case when not l.is_known then null when r.id is null then false else r.same_topic end as same_topic,
      case when not l.is_known then null when r.id is null then false else r.called end as called,
      case when not l.is_known then null when r.id is null then false else r.helped end as helped,
      array[l.bucket::text] || l.groups as key
    from legs l
    left join repeats r on r.id = l.id
  ),
  totals as (
    select
      c.key,
      min(c.bucket) as bucket,
      min(c.groups) as groups,
      count(*)::int as contacts,
      (count(*) filter (where c.is_queued))::int as queued,
      (count(*) filter (where c.is_queued or c.may_be_queued))::int as "mayBeQueued",
      (count(*) filter (where c.is_queued and not c.is_open_ended))::int as "queuedKnown",
      (count(c.wait) filter (where c.is_queued))::int as "waitKnown",
      (max(c.wait) filter (where c.is_queued))::int as "maxQueueSeconds",
      (count(*) filter (where c.may_be_queued))::int as "openEndedInbound",
      (count(*) filter (where c.is_answered))::int as answered,
      coalesce(sum(c.wait) filter (where c.is_answered), 0) as "answerSeconds",
      (count(c.wait) filter (where c.is_answered))::int as "answerKnown",
      (count(*) filter (where c.is_answered and c.wait <= $29))::int as "answeredInTime",
      (count(*) filter (where c.is_abandoned))::int as abandoned,
      coalesce(sum(c.wait) filter (where c.is_abandoned), 0) as "abandonSeconds",
      (count(c.wait) filter (where c.is_abandoned))::int as "abandonKnown",
      (count(*) filter (where c.is_abandoned and c.wait <= $30))::int as "abandonedInTime",
      (count(*) filter (where c.is_abandoned and c.wait <= $31))::int as "shortAbandoned",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED'))::int as "callbacksAsked",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED' and (
        c.session_id in (select b.call_back_session_id from callbacks b)
        or c.universal_session_id in (select b.call_back_session_id from callbacks b)
        or c.source_id in (select b.call_back_session_id from callbacks b)
      )))::int as "callbacksConnected",
      (count(*) filter (where c.is_handled))::int as handled,
      (count(*) filter (where c.is_open_ended))::int as "openEnded",
      coalesce(sum(c.handle) filter (where c.is_handled), 0) as "handleSeconds",
      (count(c.handle) filter (where c.is_handled))::int as "handleKnown",
      coalesce(sum(c.talk) filter (where c.is_handled), 0) as "talkSeconds",
      (count(c.talk) filter (where c.is_handled))::int as "talkKnown",
      coalesce(sum(c.hold) filter (where c.is_handled), 0) as "holdSeconds",
      (count(c.hold) filter (where c.is_handled))::int as "holdKnown",
      (count(*) filter (where c.is_handled and c.hold > 0))::int as held,
      coalesce(sum(c.wrap_up) filter (where c.is_handled), 0) as "wrapUpSeconds",
      (count(c.wrap_up) filter (where c.is_handled))::int as "wrapUpKnown",
      (count(*) filter (where c.is_handled and c.is_handed_on))::int as transferred,
      (count(c.is_handed_on) filter (where c.is_handled))::int as "transferredKnown",
      (count(*) filter (where c.is_bot))::int as bots,
      (count(c.is_escalated) filter (where c.is_bot))::int as "botsKnown",
      (count(*) filter (where c.is_bot and c.is_escalated))::int as escalated,
      (count(*) filter (where c.is_bot and (not c.is_escalated and c.is_fulfilled and not c.same_topic)))::int as contained,
      (count((not c.is_escalated and c.is_fulfilled and not c.same_topic)) filter (where c.is_bot))::int as "containedKnown",
      (count(*) filter (where c.may_be_digital))::int as "mayBeDigital",
      (count(c.is_digital_offered) filter (where c.may_be_digital))::int as "digitalKnown",
      (count(*) filter (where c.is_digital_offered))::int as "digitalOffered",
      (count(*) filter (where c.may_be_digital and c.is_digital_offered is not false))::int as "mayBeAccepted",
      (count(*) filter (where c.is_digital_offered and c.is_digital_accepted))::int as "digitalAccepted",
      (count(c.is_digital_accepted) filter (where c.is_digital_offered))::int as "acceptedKnown",
      (count(*) filter (where c.is_digital_offered and (c.is_digital_accepted and not c.helped)))::int as deflected,
      (count((c.is_digital_accepted and not c.helped)) filter (where c.is_digital_offered))::int as "deflectedKnown",
      count(c.csat_score)::int as scores,
      count(c.csat)::int as scored,
      coalesce(sum(c.csat), 0) as "scoreSum",
      (count(*) filter (where c.csat_score >= c.csat_scale_max - 1))::int as "topScores",
      (count(*) filter (where c.is_surveyed))::int as "surveysOffered",
      count(c.is_surveyed)::int as "surveysKnown",
      count(c.is_resolved)::int as flagged,
      (count(*) filter (where c.is_resolved))::int as "flaggedResolved",
      (count(c.is_resolved) filter (where c.csat_score is not null or c.channel = 'SURVEY'))::int as surveyed,
      (count(*) filter (where c.is_resolved and (c.csat_score is not null or c.channel = 'SURVEY')))::int as "surveyedResolved",
      (count(*) filter (where c.is_known))::int as identified,
      (count(*) filter (where not c.again))::int as unrepeated,
      (count(c.same_topic) filter (where c.topic is not null))::int as "topicsKnown",
      (count(*) filter (where c.topic is not null and not c.same_topic))::int as "unrepeatedTopics",
      (count(*) filter (where c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true))::int as calls,
      (count(*) filter (where c.is_known and c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true))::int as "callsIdentified",
      (count(distinct c.customer_id) filter (where c.is_known and c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true))::int as callers,
      (count(distinct c.customer_id) filter (where c.called and c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true))::int as "repeatCallers",
      count(c.universal_session_id)::int as "inJourneys",
      count(distinct c.universal_session_id)::int as journeys,
      (count(distinct c.universal_session_id) filter (
        where c.universal_session_id in (select s.universal_session_id from switching s)
      ))::int as "switchingJourneys",
      count(c.cost_amount)::int as priced
    from contacts c
    group by c.key),
  costs as materialized (
    select c.key, c.cost_currency as currency, sum(c.cost_amount) as amount
    from contacts c
    where c.cost_amount is not null
    group by c.key, c.cost_currency
  ),
  scores as materialized (
    select c.key, c.source, c.csat_scale_max as scale, avg(c.csat_score) as average, count(*) as scores
    from contacts c
    where c.csat_score is not null
    group by c.key, c.source, c.csat_scale_max
  )
select
  t.*,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('amount', trim_scale(round(m.amount / t.priced, 6))::text, 'currency', m.currency)
        order by m.currency
      )
      from costs m
      where m.key = t.key
    ),
    '[]'
  ) as "costPerContact",
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('source', s.source, 'scaleMax', s.scale, 'average', s.average, 'scores', s.scores)
        order by s.source, s.scale
      )
      from scores s
      where s.key = t.key
    ),
    '[]'
  ) as csat
from totals t
order by t.bucket, t.groups
limit $32;
