import { filtered } from "../../db/fields.ts";
import { empty, join, type Sql, sql } from "../../db/sql.ts";
import { BROUGHT } from "../../facts/brought.sql.ts";
import { lengthBetween } from "../../facts/durations.sql.ts";
import { INTERACTION } from "../../fields/interaction.ts";
import type { InteractionFilter } from "../../interactions/interaction.type.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { events, IDENTIFIED } from "../filter.sql.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { IS_TRANSFERRED, IS_WITHIN } from "./following.sql.ts";

/** Where nobody answers, or software does. */
export const WITHOUT_AGENTS = ["WEB", "APP", "IVR", "BOT", "SURVEY"];

/** Whether an agent took the leg `e`, as far as it says. */
export const HANDLED = sql`(
  e.channel <> all(${WITHOUT_AGENTS}::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)`;

/**
 * Whether nothing says how the leg `e` ended, so that an agent may have taken it, or nobody. No figure about handled or
 * abandoned legs knows it: each counts it in its coverage, as one that it may be about.
 */
export const OPEN_ENDED = sql`(e.channel <> all(${WITHOUT_AGENTS}::channel[]) and e.outcome is null and not ${HANDLED})`;

/**
 * Whether the customer left the leg `e` in its queue. What took no time and states no queue time was never in it, nor was
 * whom we called ourselves.
 */
const ABANDONED = sql`coalesce(
  e.outcome = 'ABANDONED'
  and (e.queue_seconds is not null
    or e.channel <> all(${WITHOUT_AGENTS}::channel[])
      and e.direction is distinct from 'OUTBOUND'
      and e.ended_at is distinct from e.started_at),
  false
)`;

/** Outcomes of contacts that waited for an agent and got none. */
const UNANSWERED = ["VOICEMAIL", "CALLBACK_REQUESTED", "FLOWED_OUT"];

/** Who called whom: a leg that does not say is of its contact's direction, which the first leg says. */
const DIRECTION = sql`coalesce(
          i.direction,
          (
            select o.direction
            from interactions o
            where o.contact_id = i.contact_id and not o.is_visit and o.is_consult is not true
            order by o.session_start_time, o.id
            limit 1
          )
        )`;

/** Whether the leg tells of a call that another system carried and told of too: one leg, two accounts of it. */
const IS_ACCOUNT = sql`(
          i.call_id is not null
          and exists (
            select from interactions o
            where o.contact_id = i.contact_id and i.call_id in (o.source_id, o.contact_key)
              and o.channel_type = 'VOICE' and not o.is_visit and o.call_id is null
          )
        )`;

/** Whether anything could have tied the leg to others: what nothing could is not known to be alone. */
const IS_KEYED = sql`(
          coalesce(i.universal_session_id, i.contact_key, i.call_id, i.call_back_session_id) is not null
          or i.session_id is not null and i.channel_type not in ('WEB', 'APP')
        )`;

/** Every leg that was reported, as `e`, under the names that dimensions know; a consult is none of the customer's. */
export const LEGS = sql`
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, null::bigint as referrer_id, null::bigint as landing_page_id,
        null::bigint as url_id, ${BROUGHT.campaign} as campaign, ${BROUGHT.medium} as medium,
        ${BROUGHT.referrer} as referrer, ${BROUGHT.landingPage} as landing_page, null::text as brought_campaign,
        null::text as brought_medium, null::text as brought_referrer, null::text as brought_landing_page, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, ${DIRECTION} as direction, i.is_resolved, ${IS_TRANSFERRED} as is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic, i.tracking_number,
        coalesce(i.contact_id, i.id) as contact_id, ${IS_ACCOUNT} as is_account, ${IS_KEYED} as is_keyed
      from interactions i
      where not i.is_visit and i.is_consult is not true and not ${IS_WITHIN}`;

/** The legs that the filter means, before anything is derived of them. */
export function toldSql({ period, bucketBy, filter }: KpiInput): Sql {
  return sql`${LEGS}
          and ${conditionsOf(filter ?? {})}
          ${bucketBy === "START" ? sql`and i.session_start_time >= ${period.from} and i.session_start_time < ${period.to}` : empty}`;
}

/**
 * The legs that count, each once, with its bucket, its group and all that is added up. What a leg does not say is null
 * here, never 0 and never false. Needs `told` and `rings`.
 */
export function legsSql(input: KpiInput): Sql {
  const { period, groupBy, bucketBy } = input;
  const groups = groupBy.length === 0 ? sql`'{}'::text[]` : sql`array[${join(groupBy.map(dimensionSql))}]::text[]`;
  const stages = sql`join ${events("STAGE")} g on g.customer_id = e.customer_id and g.id = e.id`;
  return sql`
  select
    e.*,
    ${bucketSql(input)} as bucket,
    ${SAID}
  from (
    select
      e.*,
      ${instantOf(bucketBy)} as at,
      ${groups} as groups,
      (${IDENTIFIED}) as is_known,
      ${LENGTHS}
    from (
      select
        e.*,
        ${QUEUED} as is_queued,
        ${OPEN_ENDED} and not e.is_account as is_open_ended,
        coalesce(e.interaction_start_time, e.started_at + make_interval(secs => e.queue_seconds)) as answered_at
      from (
        select
          e.*, ${groupBy.includes("STAGE") ? sql`g.stage,` : empty}
          ${HANDLED} and not e.is_account as is_handled,
          ${ABANDONED} and not e.is_account as is_abandoned,
          case when r.is_search then r.search_at end as search_at
        from told e
        left join rings r on r.id = e.id
        ${groupBy.includes("STAGE") ? sql`left ${stages}` : empty}
        where r.is_attempt is not true
      ) e
    ) e
  ) e
  where e.at >= ${period.from}
  and e.at < ${period.to}`;
}

const QUEUED = sql`(
          not e.is_account
          and (
            e.queue_seconds is not null
            or e.direction is distinct from 'OUTBOUND' and (
              e.is_handled
              or e.is_abandoned
              or e.channel <> all(${WITHOUT_AGENTS}::channel[]) and coalesce(e.outcome = any(${UNANSWERED}::outcome[]), false)
            )
          )
        )`;

/** Seconds that a queued leg waited from that instant. */
const waitedSince = (at: Sql): Sql => sql`case
          when not e.is_queued then null
          when e.is_handled then ${lengthBetween(at, sql`e.interaction_start_time`)}
          when e.is_abandoned then ${lengthBetween(at, sql`e.ended_at`)}
        end`;

/** Seconds in the queue, from the first ring of a search for an agent; of the conversation, on hold and of wrap-up. */
const LENGTHS = sql`
      case when not e.is_account then greatest(
        coalesce(e.queue_seconds, ${waitedSince(sql`e.started_at`)}),
        ${waitedSince(sql`e.search_at`)}
      )::float8 end as wait,
      coalesce(e.interaction_seconds, ${lengthBetween(sql`e.answered_at`, sql`e.ended_at`)})::float8 as conversation,
      e.hold_seconds::float8 as hold,
      ${lengthBetween(sql`e.ended_at`, sql`e.session_end_time`)}::float8 as wrap_up`;

/** CONTAINED and ABANDONED are ends of their own; any other outcome does not rule a transfer out, or in. */
const ESCALATED = sql`case
      when e.outcome = 'TRANSFERRED_OUT' then true
      when e.outcome in ('CONTAINED', 'ABANDONED') then false
      when e.is_transferred then coalesce(e.channel_type_transferred <> all(${WITHOUT_AGENTS}::channel[]), true)
      else e.is_transferred
    end`;

/** What the contact says of itself, directly or by how long it lasted. */
const SAID = sql`
    e.is_handled and e.is_queued as is_answered,
    e.is_open_ended and e.direction is distinct from 'OUTBOUND' as may_be_queued,
    case when e.outcome = 'TRANSFERRED_OUT' then true else coalesce(e.is_transferred, case when e.outcome = 'HANDLED' then false end) end as is_handed_on,
    e.channel in ('IVR', 'BOT') as is_bot,
    ${ESCALATED} as is_escalated,
    coalesce(e.is_resolved, case when e.outcome in ('ABANDONED', 'FAILED') then false end) as is_fulfilled,
    (e.channel = 'IVR' or e.is_digital_offered is not null) as may_be_digital,
    case when e.csat_score is not null then true else e.is_transferred_to_survey end as is_surveyed,
    e.csat_score / e.csat_scale_max as csat,
    case when e.conversation >= e.hold then e.conversation - e.hold when e.conversation < e.hold then 0 end as talk,
    coalesce(
      e.agent_seconds,
      ${lengthBetween(sql`e.answered_at`, sql`e.session_end_time`)},
      e.conversation + e.wrap_up
    )::float8 as handle`;

function instantOf(bucketBy: KpiInput["bucketBy"]): Sql {
  switch (bucketBy) {
    case "START":
      return sql`e.started_at`;
    case "ENQUEUE":
      return sql`case
        when not e.is_queued then null
        when e.is_handled then coalesce(e.interaction_start_time - make_interval(secs => e.queue_seconds), e.started_at)
        else coalesce(e.ended_at - make_interval(secs => e.queue_seconds), e.started_at)
      end`;
    case "ANSWER":
      return sql`e.interaction_start_time`;
    case "END":
      return sql`coalesce(e.ended_at, e.session_end_time)`;
  }
}

/**
 * The stretch of the calendar that holds `e.at`; an hour that the clock repeats is truncated at its own offset. Where that
 * is the hour after midnight, a day begins with the first of the two, and PostgreSQL would say the second.
 */
export function bucketSql({ interval, timeZone }: KpiInput): Sql {
  if (interval == null) return sql`null::timestamptz`;
  const start = sql`date_trunc(${interval.toLowerCase()}::text, e.at, ${timeZone}::text)`;
  if (interval === "HOUR" || timeZone === "UTC") return start;
  const hourBefore = sql`${start} - interval '1 hour'`;
  const clock = (at: Sql) => sql`(${at}) at time zone ${timeZone}::text`;
  return sql`case when ${clock(hourBefore)} = ${clock(start)} then ${hourBefore} else ${start} end`;
}

function conditionsOf({ period, isResolved, ...filter }: InteractionFilter): Sql {
  const conditions = [
    sql`true`,
    ...(period ? [sql`i.session_start_time >= ${period.from} and i.session_start_time < ${period.to}`] : []),
    ...filtered("i", INTERACTION, filter),
    ...(isResolved == null ? [] : [sql`i.is_resolved = ${isResolved}`]),
  ];
  return join(conditions, " and ");
}
