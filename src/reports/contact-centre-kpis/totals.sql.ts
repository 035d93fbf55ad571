import { float, instant, int, list, money, type RowOf, row, text } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";

/**
 * What is added up over the legs of one group in one interval; `told` counts accounts of the same leg too, and what counts
 * contacts counts the legs that lead them. Of each figure: the legs that it may be about, the
 * `…Known` ones among them, which say what it needs, and what those add up to.
 */
export const KpiTotals = row({
  bucket: instant.nullable(),
  groups: list(text.nullable()),
  contacts: int,
  legs: int,
  told: int,
  openEnded: int,
  queued: int,
  mayBeQueued: int,
  queuedKnown: int,
  waitKnown: int,
  maxQueueSeconds: int.nullable(),
  handled: int,
  handleSeconds: int,
  handleKnown: int,
  talkSeconds: int,
  talkKnown: int,
  holdSeconds: int,
  holdKnown: int,
  held: int,
  wrapUpSeconds: int,
  wrapUpKnown: int,
  transferred: int,
  transferredKnown: int,
  openEndedInbound: int,
  answered: int,
  answerSeconds: int,
  answerKnown: int,
  answeredInTime: int,
  abandoned: int,
  abandonSeconds: int,
  abandonKnown: int,
  abandonedInTime: int,
  shortAbandoned: int,
  callbacksAsked: int,
  callbacksConnected: int,
  bots: int,
  botsKnown: int,
  escalated: int,
  contained: int,
  containedKnown: int,
  mayBeDigital: int,
  digitalKnown: int,
  digitalOffered: int,
  mayBeAccepted: int,
  digitalAccepted: int,
  acceptedKnown: int,
  deflected: int,
  deflectedKnown: int,
  scores: int,
  scored: int,
  scoreSum: float,
  topScores: int,
  surveysOffered: int,
  surveysKnown: int,
  flagged: int,
  flaggedResolved: int,
  surveyed: int,
  surveyedResolved: int,
  identified: int,
  unrepeated: int,
  topicsKnown: int,
  unrepeatedTopics: int,
  calls: int,
  callsIdentified: int,
  callers: int,
  repeatCallers: int,
  journeys: int,
  switchingJourneys: int,
  priced: int,
  costPerContact: list(money),
  csat: list(row({ source: text, scaleMax: float.nullable(), average: float, scores: int })),
});
export type KpiTotals = RowOf<typeof KpiTotals>;

/** Whether the customer called, and was not called or called back. */
export const IS_CALL = sql`c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true`;

/** Adds up the legs of `placed` by `key`; needs `callbacks` and `switching`. */
export function kpiTotalsSql(input: KpiInput): Sql {
  return sql`
    select
      c.key,
      min(c.bucket) as bucket,
      min(c.groups) as groups,
      count(distinct c.contact_id)::int as contacts,
      (count(*) filter (where not c.is_account))::int as legs,
      count(*)::int as told,
      ${waitingSql(input)},
      ${HANDLING},
      ${SOFTWARE},
      ${SATISFACTION},
      ${COMING_AGAIN},
      (count(distinct c.contact_id) filter (where c.is_priced))::int as priced
    from placed c
    group by c.key`;
}

const waitingSql = ({ serviceLevelSeconds, shortAbandonSeconds }: KpiInput): Sql => sql`
      (count(*) filter (where c.is_queued))::int as queued,
      (count(*) filter (where c.is_queued or c.may_be_queued))::int as "mayBeQueued",
      (count(*) filter (where c.is_queued and not c.is_open_ended))::int as "queuedKnown",
      (count(c.wait) filter (where c.is_queued))::int as "waitKnown",
      (max(c.wait) filter (where c.is_queued))::int as "maxQueueSeconds",
      (count(*) filter (where c.may_be_queued))::int as "openEndedInbound",
      (count(*) filter (where c.is_answered))::int as answered,
      coalesce(sum(c.wait) filter (where c.is_answered), 0) as "answerSeconds",
      (count(c.wait) filter (where c.is_answered))::int as "answerKnown",
      (count(*) filter (where c.is_answered and c.wait <= ${serviceLevelSeconds}))::int as "answeredInTime",
      (count(*) filter (where c.is_abandoned))::int as abandoned,
      coalesce(sum(c.wait) filter (where c.is_abandoned), 0) as "abandonSeconds",
      (count(c.wait) filter (where c.is_abandoned))::int as "abandonKnown",
      (count(*) filter (where c.is_abandoned and c.wait <= ${serviceLevelSeconds}))::int as "abandonedInTime",
      (count(*) filter (where c.is_abandoned and c.wait <= ${shortAbandonSeconds}))::int as "shortAbandoned",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED'))::int as "callbacksAsked",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED' and (
        c.session_id in (select b.call_back_session_id from callbacks b)
        or c.universal_session_id in (select b.call_back_session_id from callbacks b)
        or c.source_id in (select b.call_back_session_id from callbacks b)
        or exists (select from callbacks b where b.contact_id = c.contact_id and b.started_at >= c.started_at)
      )))::int as "callbacksConnected"`;

const HANDLING = sql`
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
      (count(c.is_handed_on) filter (where c.is_handled))::int as "transferredKnown"`;

/** Fulfilled by software alone, and not asked again: false as soon as one of them is, unknown where it hangs on what is. */
const CONTAINED = sql`(not c.is_escalated and c.is_fulfilled and not c.same_topic)`;
const DEFLECTED = sql`(c.is_digital_accepted and not c.helped)`;

const SOFTWARE = sql`
      (count(*) filter (where c.is_bot))::int as bots,
      (count(c.is_escalated) filter (where c.is_bot))::int as "botsKnown",
      (count(*) filter (where c.is_bot and c.is_escalated))::int as escalated,
      (count(*) filter (where c.is_bot and ${CONTAINED}))::int as contained,
      (count(${CONTAINED}) filter (where c.is_bot))::int as "containedKnown",
      (count(*) filter (where c.may_be_digital))::int as "mayBeDigital",
      (count(c.is_digital_offered) filter (where c.may_be_digital))::int as "digitalKnown",
      (count(*) filter (where c.is_digital_offered))::int as "digitalOffered",
      (count(*) filter (where c.may_be_digital and c.is_digital_offered is not false))::int as "mayBeAccepted",
      (count(*) filter (where c.is_digital_offered and c.is_digital_accepted))::int as "digitalAccepted",
      (count(c.is_digital_accepted) filter (where c.is_digital_offered))::int as "acceptedKnown",
      (count(*) filter (where c.is_digital_offered and ${DEFLECTED}))::int as deflected,
      (count(${DEFLECTED}) filter (where c.is_digital_offered))::int as "deflectedKnown"`;

const SATISFACTION = sql`
      count(c.csat_score)::int as scores,
      count(c.csat)::int as scored,
      coalesce(sum(c.csat), 0) as "scoreSum",
      (count(*) filter (where c.csat_score >= c.csat_scale_max - 1))::int as "topScores",
      (count(*) filter (where c.is_surveyed))::int as "surveysOffered",
      count(c.is_surveyed)::int as "surveysKnown",
      (count(c.is_resolved) filter (where c.is_last))::int as flagged,
      (count(*) filter (where c.is_last and c.is_resolved))::int as "flaggedResolved",
      (count(c.is_resolved) filter (where c.csat_score is not null or c.channel = 'SURVEY'))::int as surveyed,
      (count(*) filter (where c.is_resolved and (c.csat_score is not null or c.channel = 'SURVEY')))::int as "surveyedResolved"`;

const COMING_AGAIN = sql`
      (count(*) filter (where c.leads))::int as identified,
      (count(*) filter (where c.leads and not c.again))::int as unrepeated,
      (count(c.same_topic) filter (where c.leads and c.topic is not null))::int as "topicsKnown",
      (count(*) filter (where c.leads and c.topic is not null and not c.same_topic))::int as "unrepeatedTopics",
      (count(distinct c.contact_id) filter (where ${IS_CALL}))::int as calls,
      (count(*) filter (where c.leads_calls))::int as "callsIdentified",
      (count(distinct c.customer_id) filter (where c.leads_calls))::int as callers,
      (count(distinct c.customer_id) filter (where c.leads_calls and c.called))::int as "repeatCallers",
      (count(distinct c.contact_id) filter (where c.is_keyed))::int as journeys,
      (count(distinct c.contact_id) filter (
        where c.is_keyed and c.contact_id in (select s.contact_id from switching s)
      ))::int as "switchingJourneys"`;
