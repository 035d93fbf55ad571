import { filtered } from "../../db/fields.ts";
import { empty, join, type Sql, sql } from "../../db/sql.ts";
import { lengthBetween } from "../../facts/durations.sql.ts";
import { INTERACTION } from "../../fields/interaction.ts";
import type { InteractionFilter } from "../../interactions/interaction.type.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { events, IDENTIFIED } from "../filter.sql.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";

/** Where nobody answers, or software does. */
const WITHOUT_AGENTS = ["WEB", "APP", "IVR", "BOT", "SURVEY"];

/** Whether an agent took the leg `e`. */
export const HANDLED = sql`(
  e.channel <> all(${WITHOUT_AGENTS}::channel[])
  and (
    coalesce(e.outcome in ('HANDLED', 'TRANSFERRED_OUT'), false)
    or e.outcome is null and (e.interaction_start_time is not null or e.agent_id is not null)
  )
)`;

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

/** Every leg that was reported, as `e`, under the names that dimensions know. */
export const LEGS = sql`
      select
        i.customer_id, i.subject_id, i.id, i.id as interaction_id, true as is_leg, i.source, i.source_id, i.channel_type as channel,
        (case i.channel_type when 'VOICE' then 'CALL' when 'IVR' then 'PROMPT' when 'BOT' then 'INTENT' else 'OTHER' end)::touchpoint_kind as kind,
        i.item_id, null::bigint as campaign_id, i.campaign, i.medium, i.universal_session_id, i.session_id,
        i.call_reason, i.intent, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
        i.outcome, i.direction, i.is_resolved, i.is_transferred, i.channel_type_transferred, i.is_digital_offered,
        i.is_digital_accepted, i.is_transferred_to_survey, i.csat_score, i.csat_scale_max, i.is_call_back,
        i.call_back_session_id, i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
        i.cost_amount, i.cost_currency, i.interaction_start_time, i.session_end_time,
        i.session_start_time as started_at, i.interaction_end_time as ended_at,
        coalesce(i.intent, i.call_reason) as topic
      from interactions i
      where not i.is_visit`;

/** The contacts that count, each once, with its bucket, its group and all that is added up. */
export function legsSql(input: KpiInput): Sql {
  const { period, groupBy, bucketBy } = input;
  const groups = groupBy.length === 0 ? sql`'{}'::text[]` : sql`array[${join(groupBy.map(dimensionSql))}]::text[]`;
  const stages = sql`join ${events("STAGE")} g on g.customer_id = e.customer_id and g.id = e.id`;
  return sql`
  select
    e.*,
    ${bucketSql(input)} as bucket,
    e.is_handled and e.is_queued as is_answered,
    e.channel in ('IVR', 'BOT') as is_bot,
    ${ESCALATED} as is_escalated,
    greatest(e.conversation - e.hold, 0) as talk,
    coalesce(
      e.agent_seconds,
      ${lengthBetween(sql`e.answered_at`, sql`e.session_end_time`)},
      e.conversation
    )::float8 as handle
  from (
    select
      e.*,
      ${instantOf(bucketBy)} as at,
      ${groups} as groups,
      (${IDENTIFIED}) as is_known,
      ${WAIT} as wait,
      coalesce(e.hold_seconds, 0)::float8 as hold,
      coalesce(e.interaction_seconds, ${lengthBetween(sql`e.answered_at`, sql`e.ended_at`)}, 0)::float8 as conversation,
      coalesce(${lengthBetween(sql`e.ended_at`, sql`e.session_end_time`)}, 0)::float8 as wrap_up
    from (
      select
        e.*,
        ${QUEUED} as is_queued,
        coalesce(e.interaction_start_time, e.started_at + make_interval(secs => coalesce(e.queue_seconds, 0))) as answered_at
      from (
        select e.*, ${groupBy.includes("STAGE") ? sql`g.stage,` : empty} ${HANDLED} as is_handled, ${ABANDONED} as is_abandoned
        from (${LEGS}
          and ${conditionsOf(input.filter ?? {})}
          ${bucketBy === "START" ? sql`and i.session_start_time >= ${period.from} and i.session_start_time < ${period.to}` : empty}
        ) e
        ${groupBy.includes("STAGE") ? sql`left ${stages}` : empty}
      ) e
    ) e
  ) e
  where e.at >= ${period.from}
  and e.at < ${period.to}`;
}

const QUEUED = sql`(
          e.queue_seconds is not null
          or e.direction is distinct from 'OUTBOUND' and (
            e.is_handled
            or e.is_abandoned
            or e.channel <> all(${WITHOUT_AGENTS}::channel[]) and coalesce(e.outcome = any(${UNANSWERED}::outcome[]), false)
          )
        )`;

/** Seconds in the queue; null where nobody waited, or nobody knows how long. */
const WAIT = sql`coalesce(
        e.queue_seconds,
        case
          when not e.is_queued then null
          when e.is_handled then coalesce(${lengthBetween(sql`e.started_at`, sql`e.interaction_start_time`)}, 0)
          when e.is_abandoned then ${lengthBetween(sql`e.started_at`, sql`e.ended_at`)}
        end
      )::float8`;

/** Whether software passed the customer on to an agent. */
const ESCALATED = sql`(
      coalesce(e.outcome = 'TRANSFERRED_OUT', false)
      or coalesce(e.is_transferred, false)
        and coalesce(e.channel_type_transferred <> all(${WITHOUT_AGENTS}::channel[]), true)
    )`;

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
