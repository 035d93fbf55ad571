-- Printed by `npm run contracts`; never edited.
-- $1 = ["VOICE"]
-- $2 = "2026-11-01T00:00:00.000Z"
-- $3 = "2026-12-01T00:00:00.000Z"
-- $4 = 10
-- $5 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $6 = ["ABANDONED","FAILED"]
-- $7 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $8 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $9 = "day"
-- $10 = "Europe/Stockholm"
-- $11 = "Europe/Stockholm"
-- $12 = "day"
-- $13 = "Europe/Stockholm"
-- $14 = "Europe/Stockholm"
-- $15 = "day"
-- $16 = "Europe/Stockholm"
-- $17 = "day"
-- $18 = "Europe/Stockholm"
-- $19 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $20 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $21 = ["VOICEMAIL","CALLBACK_REQUESTED","FLOWED_OUT"]
-- $22 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $23 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $24 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $25 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $26 = "2026-11-01T00:00:00.000Z"
-- $27 = "2026-12-01T00:00:00.000Z"
-- $28 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $29 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $30 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $31 = 168
-- $32 = 168
-- $33 = ["WEB","APP","IVR","BOT","SURVEY"]
-- $34 = 20
-- $35 = 20
-- $36 = 5
-- $37 = 10001

with
  told as materialized (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, coalesce(
          i.direction,
          (
            select o.direction
            from interactions o
            where o.contact_id = i.contact_id and not o.is_visit and o.is_consult is not true
            order by o.session_start_time, o.id
            limit 1
          )
        ) as direction, i.is_resolved, coalesce(
          i.is_transferred,
          case when i.contact_key is not null and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is null and o.direction is null and o.contact_key <> o.source_id
              and o.interaction_start_time > i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          ) then true end
        ) as is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic, i.tracking_number,
        coalesce(i.contact_id, i.id) as contact_id, (
          i.call_id is not null
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and i.call_id in (o.source_id, o.contact_key)
              and o.channel_type = 'VOICE' and not o.is_visit and o.call_id is null
          )
        ) as is_account, (
          coalesce(i.universal_session_id, i.contact_key, i.call_id, i.call_back_session_id) is not null
          or i.session_id is not null and i.channel_type not in ('WEB', 'APP')
        ) as is_keyed
      from interactions i
      where not i.is_visit and i.is_consult is not true and not (
          i.is_consult is null and i.direction is null and i.channel_type = 'VOICE'
          and coalesce(i.contact_key <> i.source_id, false)
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is not true
              and o.interaction_start_time < i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          )
        )
          and true and i.channel_type = any($1::channel[])
          and i.session_start_time >= $2 and i.session_start_time < $3),
  rings as materialized (
  select
    s.id,
    min(s.ring_at) over search as search_at,
    count(*) over search > 1 as is_search,
    s.is_in_vain and (
      bool_or(not s.is_in_vain) over search
      or s.id <> first_value(s.id) over (search order by s.ring_end desc, s.id desc)
    ) as is_attempt
  from (
  select
    r.*,
    count(*) filter (where r.begins) over (
      partition by r.contact_id, r.tracking_number, r.agent_skill_id order by r.ring_at, r.id
    ) as search
  from (
    select
      r.*,
      coalesce(
        r.ring_at > make_interval(secs => $4) + max(r.ring_end) over (
          partition by r.contact_id, r.tracking_number, r.agent_skill_id
          order by r.ring_at, r.id
          rows between unbounded preceding and 1 preceding
        ),
        true
      ) as begins
    from (
  select
    e.id, e.contact_id, e.tracking_number, e.agent_skill_id, e.started_at as ring_at,
    not (
  e.channel <> all($5::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
) and coalesce(e.outcome = any($6::outcome[]), true) as is_in_vain,
    greatest(
      e.started_at,
      case
        when (
  e.channel <> all($7::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
) then coalesce(e.interaction_start_time, e.started_at + make_interval(secs => e.queue_seconds))
        else coalesce(e.ended_at, e.session_end_time)
      end
    ) as ring_end
  from (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, coalesce(
          i.direction,
          (
            select o.direction
            from interactions o
            where o.contact_id = i.contact_id and not o.is_visit and o.is_consult is not true
            order by o.session_start_time, o.id
            limit 1
          )
        ) as direction, i.is_resolved, coalesce(
          i.is_transferred,
          case when i.contact_key is not null and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is null and o.direction is null and o.contact_key <> o.source_id
              and o.interaction_start_time > i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          ) then true end
        ) as is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic, i.tracking_number,
        coalesce(i.contact_id, i.id) as contact_id, (
          i.call_id is not null
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and i.call_id in (o.source_id, o.contact_key)
              and o.channel_type = 'VOICE' and not o.is_visit and o.call_id is null
          )
        ) as is_account, (
          coalesce(i.universal_session_id, i.contact_key, i.call_id, i.call_back_session_id) is not null
          or i.session_id is not null and i.channel_type not in ('WEB', 'APP')
        ) as is_keyed
      from interactions i
      where not i.is_visit and i.is_consult is not true and not (
          i.is_consult is null and i.direction is null and i.channel_type = 'VOICE'
          and coalesce(i.contact_key <> i.source_id, false)
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is not true
              and o.interaction_start_time < i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          )
        )
    and i.contact_id in (select t.contact_id from told t)
    and (i.tracking_number is not null or i.agent_skill_id is not null)
    and i.call_id is null
    and i.channel_type <> all($8::channel[])
  ) e) r
  ) r) s
  window search as (partition by s.contact_id, s.tracking_number, s.agent_skill_id, s.search)),
  legs as materialized (
  select
    e.*,
    case when (date_trunc($9::text, e.at, $10::text) - interval '1 hour') at time zone $11::text = (date_trunc($12::text, e.at, $13::text)) at time zone $14::text then date_trunc($15::text, e.at, $16::text) - interval '1 hour' else date_trunc($17::text, e.at, $18::text) end as bucket,
    e.is_handled and e.is_queued as is_answered,
    e.is_open_ended and e.direction is distinct from 'OUTBOUND' as may_be_queued,
    case when e.outcome = 'TRANSFERRED_OUT' then true else coalesce(e.is_transferred, case when e.outcome = 'HANDLED' then false end) end as is_handed_on,
    e.channel in ('IVR', 'BOT') as is_bot,
    case
      when e.outcome = 'TRANSFERRED_OUT' then true
      when e.outcome in ('CONTAINED', 'ABANDONED') then false
      when e.is_transferred then coalesce(e.channel_type_transferred <> all($19::channel[]), true)
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
      case when not e.is_account then greatest(
        coalesce(e.queue_seconds, case
          when not e.is_queued then null
          when e.is_handled then case when e.interaction_start_time >= e.started_at then floor(date_part('epoch', e.interaction_start_time - e.started_at)) end
          when e.is_abandoned then case when e.ended_at >= e.started_at then floor(date_part('epoch', e.ended_at - e.started_at)) end
        end),
        case
          when not e.is_queued then null
          when e.is_handled then case when e.interaction_start_time >= e.search_at then floor(date_part('epoch', e.interaction_start_time - e.search_at)) end
          when e.is_abandoned then case when e.ended_at >= e.search_at then floor(date_part('epoch', e.ended_at - e.search_at)) end
        end
      )::float8 end as wait,
      coalesce(e.interaction_seconds, case when e.ended_at >= e.answered_at then floor(date_part('epoch', e.ended_at - e.answered_at)) end)::float8 as conversation,
      e.hold_seconds::float8 as hold,
      case when e.session_end_time >= e.ended_at then floor(date_part('epoch', e.session_end_time - e.ended_at)) end::float8 as wrap_up
    from (
      select
        e.*,
        (
          not e.is_account
          and (
            e.queue_seconds is not null
            or e.direction is distinct from 'OUTBOUND' and (
              e.is_handled
              or e.is_abandoned
              or e.channel <> all($20::channel[]) and coalesce(e.outcome = any($21::outcome[]), false)
            )
          )
        ) as is_queued,
        (e.channel <> all($22::channel[]) and e.outcome is null and not (
  e.channel <> all($23::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)) and not e.is_account as is_open_ended,
        coalesce(e.interaction_start_time, e.started_at + make_interval(secs => e.queue_seconds)) as answered_at
      from (
        select
          e.*,
          (
  e.channel <> all($24::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
) and not e.is_account as is_handled,
          coalesce(
  e.outcome = 'ABANDONED'
  and (e.queue_seconds is not null
    or e.channel <> all($25::channel[])
      and e.direction is distinct from 'OUTBOUND'
      and e.ended_at is distinct from e.started_at),
  false
) and not e.is_account as is_abandoned,
          case when r.is_search then r.search_at end as search_at
        from told e
        left join rings r on r.id = e.id
        where r.is_attempt is not true
      ) e
    ) e
  ) e
  where e.at >= $26
  and e.at < $27),
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
        e.topic, e.channel, case when not (e.channel <> all($28::channel[]) and e.outcome is null and not (
  e.channel <> all($29::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)) then (
  e.channel <> all($30::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
) end as is_handled,
        e.channel <> 'SURVEY'
          and e.direction is distinct from 'OUTBOUND'
          and e.is_call_back is not true
          and e.contact_id <> l.contact_id
          and not exists (
            select from interactions o
            where o.contact_id = e.contact_id and not o.is_visit and o.is_consult is not true
            and (o.session_start_time, o.id) <= (l.started_at, l.id)
          ) as is_contact
      from (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, coalesce(
          i.direction,
          (
            select o.direction
            from interactions o
            where o.contact_id = i.contact_id and not o.is_visit and o.is_consult is not true
            order by o.session_start_time, o.id
            limit 1
          )
        ) as direction, i.is_resolved, coalesce(
          i.is_transferred,
          case when i.contact_key is not null and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is null and o.direction is null and o.contact_key <> o.source_id
              and o.interaction_start_time > i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          ) then true end
        ) as is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic, i.tracking_number,
        coalesce(i.contact_id, i.id) as contact_id, (
          i.call_id is not null
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and i.call_id in (o.source_id, o.contact_key)
              and o.channel_type = 'VOICE' and not o.is_visit and o.call_id is null
          )
        ) as is_account, (
          coalesce(i.universal_session_id, i.contact_key, i.call_id, i.call_back_session_id) is not null
          or i.session_id is not null and i.channel_type not in ('WEB', 'APP')
        ) as is_keyed
      from interactions i
      where not i.is_visit and i.is_consult is not true and not (
          i.is_consult is null and i.direction is null and i.channel_type = 'VOICE'
          and coalesce(i.contact_key <> i.source_id, false)
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is not true
              and o.interaction_start_time < i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          )
        )
        and i.session_start_time >= (select min(l.started_at) from legs l)
        and i.session_start_time <= (select max(l.started_at) from legs l) + make_interval(hours => $31::int)
      ) e
      where e.customer_id = l.customer_id
      and e.started_at <= l.started_at + make_interval(hours => $32::int)
      and (e.started_at, e.id) > (l.started_at, l.id)
    ) n on true
    where l.is_known
    group by l.id),
  callbacks as materialized (
    select e.call_back_session_id, e.contact_id, e.started_at
    from (
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, coalesce(i.campaign, i.match_campaign) as campaign, coalesce(i.medium, i.match_medium) as medium,
        coalesce(i.referrer, i.match_referrer) as referrer, coalesce(i.landing_page, i.match_landing_page) as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, coalesce(
          i.direction,
          (
            select o.direction
            from interactions o
            where o.contact_id = i.contact_id and not o.is_visit and o.is_consult is not true
            order by o.session_start_time, o.id
            limit 1
          )
        ) as direction, i.is_resolved, coalesce(
          i.is_transferred,
          case when i.contact_key is not null and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is null and o.direction is null and o.contact_key <> o.source_id
              and o.interaction_start_time > i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          ) then true end
        ) as is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic, i.tracking_number,
        coalesce(i.contact_id, i.id) as contact_id, (
          i.call_id is not null
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and i.call_id in (o.source_id, o.contact_key)
              and o.channel_type = 'VOICE' and not o.is_visit and o.call_id is null
          )
        ) as is_account, (
          coalesce(i.universal_session_id, i.contact_key, i.call_id, i.call_back_session_id) is not null
          or i.session_id is not null and i.channel_type not in ('WEB', 'APP')
        ) as is_keyed
      from interactions i
      where not i.is_visit and i.is_consult is not true and not (
          i.is_consult is null and i.direction is null and i.channel_type = 'VOICE'
          and coalesce(i.contact_key <> i.source_id, false)
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and o.id <> i.id and o.source = i.source and o.channel_type = 'VOICE'
              and not o.is_visit and o.is_consult is not true
              and o.interaction_start_time < i.interaction_start_time and o.interaction_end_time > i.interaction_end_time
          )
        ) and (i.is_call_back or i.contact_id in (select l.contact_id from legs l))) e
    where (
  e.channel <> all($33::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)
    and (e.is_call_back or e.direction = 'OUTBOUND')
  ),
  switching as (
    select i.contact_id
    from interactions i
    where i.contact_id in (select l.contact_id from legs l)
    and i.is_consult is not true
    group by i.contact_id
    having min(i.channel_type) < max(i.channel_type)
  ),
  grouped as (
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
  placed as materialized (
    select
      c.*,
      c.is_known and row_number() over (partition by c.key, c.contact_id, c.is_known order by c.started_at, c.id) = 1 as leads,
      (c.is_known and c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true) and row_number() over (partition by c.key, c.contact_id, (c.is_known and c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true) order by c.started_at, c.id) = 1 as leads_calls,
      row_number() over (partition by c.key, c.contact_id order by c.started_at desc, c.id desc) = 1 as is_last,
      bool_and(c.cost_amount is not null or c.is_account) over (partition by c.key, c.contact_id) as is_priced
    from grouped c),
  totals as (
    select
      c.key,
      min(c.bucket) as bucket,
      min(c.groups) as groups,
      count(distinct c.contact_id)::int as contacts,
      (count(*) filter (where not c.is_account))::int as legs,
      count(*)::int as told,
      (count(*) filter (where c.is_queued))::int as queued,
      (count(*) filter (where c.is_queued or c.may_be_queued))::int as "mayBeQueued",
      (count(*) filter (where c.is_queued and not c.is_open_ended))::int as "queuedKnown",
      (count(c.wait) filter (where c.is_queued))::int as "waitKnown",
      (max(c.wait) filter (where c.is_queued))::int as "maxQueueSeconds",
      (count(*) filter (where c.may_be_queued))::int as "openEndedInbound",
      (count(*) filter (where c.is_answered))::int as answered,
      coalesce(sum(c.wait) filter (where c.is_answered), 0) as "answerSeconds",
      (count(c.wait) filter (where c.is_answered))::int as "answerKnown",
      (count(*) filter (where c.is_answered and c.wait <= $34))::int as "answeredInTime",
      (count(*) filter (where c.is_abandoned))::int as abandoned,
      coalesce(sum(c.wait) filter (where c.is_abandoned), 0) as "abandonSeconds",
      (count(c.wait) filter (where c.is_abandoned))::int as "abandonKnown",
      (count(*) filter (where c.is_abandoned and c.wait <= $35))::int as "abandonedInTime",
      (count(*) filter (where c.is_abandoned and c.wait <= $36))::int as "shortAbandoned",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED'))::int as "callbacksAsked",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED' and (
        c.session_id in (select b.call_back_session_id from callbacks b)
        or c.universal_session_id in (select b.call_back_session_id from callbacks b)
        or c.source_id in (select b.call_back_session_id from callbacks b)
        or exists (select from callbacks b where b.contact_id = c.contact_id and b.started_at >= c.started_at)
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
      (count(c.is_resolved) filter (where c.is_last))::int as flagged,
      (count(*) filter (where c.is_last and c.is_resolved))::int as "flaggedResolved",
      (count(c.is_resolved) filter (where c.csat_score is not null or c.channel = 'SURVEY'))::int as surveyed,
      (count(*) filter (where c.is_resolved and (c.csat_score is not null or c.channel = 'SURVEY')))::int as "surveyedResolved",
      (count(*) filter (where c.leads))::int as identified,
      (count(*) filter (where c.leads and not c.again))::int as unrepeated,
      (count(c.same_topic) filter (where c.leads and c.topic is not null))::int as "topicsKnown",
      (count(*) filter (where c.leads and c.topic is not null and not c.same_topic))::int as "unrepeatedTopics",
      (count(distinct c.contact_id) filter (where c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true))::int as calls,
      (count(*) filter (where c.leads_calls))::int as "callsIdentified",
      (count(distinct c.customer_id) filter (where c.leads_calls))::int as callers,
      (count(distinct c.customer_id) filter (where c.leads_calls and c.called))::int as "repeatCallers",
      (count(distinct c.contact_id) filter (where c.is_keyed))::int as journeys,
      (count(distinct c.contact_id) filter (
        where c.is_keyed and c.contact_id in (select s.contact_id from switching s)
      ))::int as "switchingJourneys",
      (count(distinct c.contact_id) filter (where c.is_priced))::int as priced
    from placed c
    group by c.key),
  costs as materialized (
    select c.key, c.cost_currency as currency, sum(c.cost_amount) as amount
    from placed c
    where c.is_priced and c.cost_amount is not null
    group by c.key, c.cost_currency
  ),
  scores as materialized (
    select c.key, c.source, c.csat_scale_max as scale, avg(c.csat_score) as average, count(*) as scores
    from grouped c
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
limit $37;
