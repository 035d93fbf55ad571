// Every figure of the contact-centre report for each day's calls, in DuckDB. The definitions are written here a second
// time, from the documentation of src/reports/contact-centre-kpis, and share no code with it.

const WITHOUT_AGENTS = "('WEB', 'APP', 'IVR', 'BOT', 'SURVEY')";

/** Legs with the columns that the figures need. Lengths are whole seconds, rounded down and never negative. */
const LEGS = `
  handled as (
    select
      *,
      coalesce(intent, call_reason) as topic,
      channel not in ${WITHOUT_AGENTS} as has_agents,
      channel not in ${WITHOUT_AGENTS} and coalesce(
        outcome in ('HANDLED', 'TRANSFERRED_OUT'),
        answered_at is not null or agent_id is not null
      ) as is_handled,
      coalesce(outcome = 'ABANDONED', false) and (
        queue_seconds is not null
        or channel not in ${WITHOUT_AGENTS} and direction is distinct from 'OUTBOUND' and ended_at is distinct from started_at
      ) as is_abandoned
    from legs
  ),
  queued as (
    select
      *,
      queue_seconds is not null or direction is distinct from 'OUTBOUND' and (
        is_handled
        or is_abandoned
        or has_agents and coalesce(outcome in ('VOICEMAIL', 'CALLBACK_REQUESTED', 'FLOWED_OUT'), false)
      ) as is_queued,
      has_agents and outcome is null and not is_handled as is_open_ended,
      coalesce(answered_at, started_at + to_seconds(queue_seconds)) as talk_at
    from handled
  ),
  measured as (
    select
      *,
      coalesce(
        queue_seconds,
        case
          when not is_queued then null
          when is_handled and answered_at >= started_at then floor(epoch(answered_at - started_at))
          when is_abandoned and ended_at >= started_at then floor(epoch(ended_at - started_at))
        end
      ) as wait,
      hold_seconds as hold,
      coalesce(
        interaction_seconds, case when ended_at >= talk_at then floor(epoch(ended_at - talk_at)) end
      ) as conversation,
      case when session_end_time >= ended_at then floor(epoch(session_end_time - ended_at)) end as wrap_up
    from queued
  ),
  calls as (
    select
      *,
      date_trunc('day', started_at) as day,
      coalesce(
        agent_seconds, case when session_end_time >= talk_at then floor(epoch(session_end_time - talk_at)) end,
        conversation + wrap_up
      ) as handle,
      case
        when outcome = 'TRANSFERRED_OUT' then true
        else coalesce(is_transferred, case when outcome = 'HANDLED' then false end)
      end as is_handed_on,
      csat_score / csat_scale_max as csat
    from measured
    where channel = 'VOICE'
  )`;

const APART = "(n.universal_session_id = c.universal_session_id) is not true";

/** Whether it holds of any row; null where it holds of none that is known, but some are not. */
const anyOf = (condition: string) =>
  `case when bool_or(${condition}) then true when bool_and((${condition}) is not null) then false end`;

/** The caller's other contacts within a week, without those of the same journey. */
const REPEATS = `
  repeats as (
    select
      c.id,
      bool_or(n.is_contact and ${APART}) as again,
      ${anyOf(`n.is_contact and ${APART} and n.topic = c.topic`)} as same_topic,
      bool_or(n.is_contact and ${APART} and n.channel = 'VOICE') as called,
      ${anyOf("case when not n.is_open_ended then n.is_handled end")} as helped
    from calls c
    join (
      select *, channel <> 'SURVEY' and direction is distinct from 'OUTBOUND' and is_call_back is not true as is_contact
      from queued
    ) n
      on n.customer_id = c.customer_id
      and n.started_at between c.started_at and c.started_at + interval 7 days
      and (n.started_at, n.id) > (c.started_at, c.id)
    where c.is_known
    group by c.id
  ),
  callbacks as (
    select call_back_session_id from handled where is_call_back and call_back_session_id is not null and is_handled
  ),
  switching as (
    select universal_session_id
    from contacts
    where universal_session_id in (select universal_session_id from calls)
    group by universal_session_id
    having min(channel) < max(channel)
  ),
  costs as (
    select day, cost_currency, sum(cost_amount) as amount from calls where cost_amount is not null group by day, cost_currency
  ),
  active as (
    select date_trunc('day', started_at) as day, count(distinct customer_id) as customers
    from contacts
    where is_known
    group by day
  )`;

const ofRepeats = (answer: string) =>
  `case when not is_known then null when r.id is null then false else ${answer} end`;

const IS_CALL = "(direction is distinct from 'OUTBOUND' and is_call_back is not true)";

const SUMS = `
  sums as (
    select
      c.day,
      count(*) as contacts,
      count(*) filter (where is_queued) as queued,
      count(*) filter (where is_handled) as handled,
      count(*) filter (where is_queued and not is_open_ended) as ended,
      count(wait) filter (where is_handled and is_queued) as answered,
      count(*) filter (where is_handled and is_queued and wait <= 20) as answered_in_time,
      count(*) filter (where is_abandoned) as abandoned,
      count(wait) filter (where is_abandoned) as abandoned_after_wait,
      count(*) filter (where is_abandoned and wait <= 20) as abandoned_in_time,
      count(*) filter (where is_abandoned and wait <= 5) as short_abandoned,
      avg(handle) filter (where is_handled) as handle,
      avg(case when conversation >= hold then conversation - hold when conversation < hold then 0 end)
        filter (where is_handled) as talk,
      sum(hold) filter (where is_handled) as hold,
      avg(hold) filter (where is_handled) as mean_hold,
      count(*) filter (where is_handled and hold > 0) as held,
      avg(wrap_up) filter (where is_handled) as wrap_up,
      avg(wait) filter (where is_handled and is_queued) as answer,
      avg(wait) filter (where is_abandoned) as abandon,
      max(wait) filter (where is_queued) as longest,
      avg(is_handed_on::int) filter (where is_handled) as handed_on,
      count(*) filter (where is_queued and outcome = 'CALLBACK_REQUESTED') as callbacks,
      count(*) filter (where is_queued and outcome = 'CALLBACK_REQUESTED' and (
        session_id in (select call_back_session_id from callbacks)
        or universal_session_id in (select call_back_session_id from callbacks)
        or source_id in (select call_back_session_id from callbacks)
      )) as called_back,
      count(*) filter (where is_digital_offered is not null) as digital_asked,
      count(*) filter (where is_digital_offered) as digital_offered,
      avg(is_digital_accepted::int) filter (where is_digital_offered) as digital_accepted,
      avg((is_digital_accepted and not ${ofRepeats("helped")})::int) filter (where is_digital_offered) as deflected,
      count(csat_score) as scores,
      avg(csat) as mean_csat,
      avg((csat_score >= csat_scale_max - 1)::int) as top_scores,
      count(*) filter (where is_transferred_to_survey or csat_score is not null) as surveys_offered,
      count(cost_amount) as priced,
      count(is_resolved) as flagged,
      count(*) filter (where is_resolved) as resolved,
      count(is_resolved) filter (where csat_score is not null) as surveyed,
      count(*) filter (where is_resolved and csat_score is not null) as surveyed_resolved,
      count(*) filter (where is_known) as known,
      count(*) filter (where is_known and not coalesce(again, false)) as unrepeated,
      avg((not ${ofRepeats("same_topic")})::int) filter (where topic is not null) as unrepeated_topics,
      count(distinct customer_id) filter (where is_known and ${IS_CALL}) as callers,
      count(distinct customer_id) filter (where called and ${IS_CALL}) as repeat_callers,
      count(distinct universal_session_id) as journeys,
      count(distinct universal_session_id) filter (
        where universal_session_id in (select universal_session_id from switching)
      ) as switching_journeys
    from calls c
    left join repeats r on r.id = c.id
    group by c.day
  )`;

/** The figures by name; 0 where the divisor is 0. */
export const FIGURES: Record<string, string> = {
  contacts: "contacts",
  queued: "queued",
  handled: "handled",
  abandoned: "abandoned",
  shortAbandoned: "short_abandoned",
  averageHandleSeconds: "handle",
  averageTalkSeconds: "talk",
  averageHoldSeconds: "hold / nullif(held, 0)",
  averageHoldSecondsAllContacts: "mean_hold",
  averageWrapUpSeconds: "wrap_up",
  averageSpeedOfAnswerSeconds: "answer",
  averageAbandonSeconds: "abandon",
  maxQueueSeconds: "longest",
  abandonmentRate: "abandoned / ended",
  transferRate: "handed_on",
  callbackRate: "callbacks / ended",
  callbackCompletionRate: "called_back / nullif(callbacks, 0)",
  repeatCallerRate: "repeat_callers / callers",
  digitalOfferedRate: "digital_offered / nullif(digital_asked, 0)",
  digitalAcceptedRate: "digital_accepted",
  netDeflectionRate: "deflected",
  averageCsat: "mean_csat",
  csatTopTwoBox: "top_scores",
  surveyResponseRate: "scores / nullif(surveys_offered, 0)",
  contactRate: "contacts / customers",
  channelSwitchRate: "switching_journeys / nullif(journeys, 0)",
  costPerContact: "round(amount / priced, 6)",
  ALL_IN: "(answered_in_time + abandoned_in_time) / (answered + abandoned_after_wait)",
  ANSWERED_ONLY: "answered_in_time / answered",
  ABANDON_NEGATIVE: "answered_in_time / (answered + abandoned_after_wait)",
  IGNORE_EARLY_ABANDON: "answered_in_time / (answered + abandoned_after_wait - abandoned_in_time)",
  SHORT_CREDITED: "(answered_in_time + short_abandoned) / (answered + abandoned_after_wait)",
  SHORT_EXCLUDED: "answered_in_time / (answered + abandoned_after_wait - short_abandoned)",
  FLAG: "resolved / nullif(flagged, 0)",
  NO_REPEAT: "unrepeated / known",
  NO_REPEAT_SAME_INTENT: "unrepeated_topics",
  SURVEY: "surveyed_resolved / nullif(surveyed, 0)",
};

export const KPIS = `
  with ${LEGS}, ${REPEATS}, ${SUMS},
  figures as (
    select
      strftime(s.day, '%Y-%m-%d') as day,
      ${Object.entries(FIGURES)
        .map(([name, figure]) => `(${figure})::double as "${name}"`)
        .join(", ")}
    from sums s
    left join active a on a.day = s.day
    left join costs k on k.day = s.day
  )
  select concat(day, ' ', what) as key, value
  from (unpivot figures on ${Object.keys(FIGURES)
    .map((name) => `"${name}"`)
    .join(", ")} into name what value value)`;
