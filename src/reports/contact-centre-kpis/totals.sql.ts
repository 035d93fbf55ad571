import { float, instant, int, list, money, type RowOf, row, text } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";

/** What is added up over the contacts of one group in one interval. */
export const KpiTotals = row({
  bucket: instant.nullable(),
  groups: list(text.nullable()),
  contacts: int,
  queued: int,
  handled: int,
  answered: int,
  answeredInTime: int,
  abandoned: int,
  abandonedInTime: int,
  shortAbandoned: int,
  handleSeconds: int,
  talkSeconds: int,
  holdSeconds: int,
  held: int,
  wrapUpSeconds: int,
  answerSeconds: int,
  abandonSeconds: int,
  maxQueueSeconds: int.nullable(),
  transferred: int,
  callbacksAsked: int,
  callbacksConnected: int,
  bots: int,
  escalated: int,
  contained: int,
  digitalAsked: int,
  digitalOffered: int,
  digitalAccepted: int,
  deflected: int,
  scores: int,
  scoreSum: float,
  topScores: int,
  surveysOffered: int,
  flagged: int,
  flaggedResolved: int,
  surveyed: int,
  surveyedResolved: int,
  identified: int,
  unrepeated: int,
  identifiedTopics: int,
  unrepeatedTopics: int,
  callers: int,
  repeatCallers: int,
  journeys: int,
  switchingJourneys: int,
  costPerContact: list(money),
});
export type KpiTotals = RowOf<typeof KpiTotals>;

/** Whether the customer called, and was not called or called back. */
const IS_CALL = sql`c.channel = 'VOICE' and c.direction is distinct from 'OUTBOUND' and c.is_call_back is not true`;

/** Adds up `contacts` by `key`; needs `callbacks` and `switching`. */
export function kpiTotalsSql({ serviceLevelSeconds, shortAbandonSeconds }: KpiInput): Sql {
  return sql`
    select
      c.key,
      min(c.bucket) as bucket,
      min(c.groups) as groups,
      count(*)::int as contacts,
      (count(*) filter (where c.is_queued))::int as queued,
      (count(*) filter (where c.is_handled))::int as handled,
      (count(*) filter (where c.is_answered))::int as answered,
      (count(*) filter (where c.is_answered and c.wait <= ${serviceLevelSeconds}))::int as "answeredInTime",
      (count(*) filter (where c.is_abandoned))::int as abandoned,
      (count(*) filter (where c.is_abandoned and c.wait <= ${serviceLevelSeconds}))::int as "abandonedInTime",
      (count(*) filter (where c.is_abandoned and c.wait <= ${shortAbandonSeconds}))::int as "shortAbandoned",
      coalesce(sum(c.handle) filter (where c.is_handled), 0) as "handleSeconds",
      coalesce(sum(c.talk) filter (where c.is_handled), 0) as "talkSeconds",
      coalesce(sum(c.hold) filter (where c.is_handled), 0) as "holdSeconds",
      (count(*) filter (where c.is_handled and c.hold > 0))::int as held,
      coalesce(sum(c.wrap_up) filter (where c.is_handled), 0) as "wrapUpSeconds",
      coalesce(sum(c.wait) filter (where c.is_answered), 0) as "answerSeconds",
      coalesce(sum(c.wait) filter (where c.is_abandoned), 0) as "abandonSeconds",
      (max(c.wait) filter (where c.is_queued))::int as "maxQueueSeconds",
      (count(*) filter (where c.is_handled and (c.outcome = 'TRANSFERRED_OUT' or c.is_transferred)))::int as transferred,
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED'))::int as "callbacksAsked",
      (count(*) filter (where c.is_queued and c.outcome = 'CALLBACK_REQUESTED' and (
        c.session_id in (select b.call_back_session_id from callbacks b)
        or c.universal_session_id in (select b.call_back_session_id from callbacks b)
        or c.source_id in (select b.call_back_session_id from callbacks b)
      )))::int as "callbacksConnected",
      (count(*) filter (where c.is_bot))::int as bots,
      (count(*) filter (where c.is_bot and c.is_escalated))::int as escalated,
      (count(*) filter (
        where c.is_bot
        and not c.is_escalated
        and coalesce(c.is_resolved, c.outcome in ('CONTAINED', 'HANDLED'))
        and not c.same_topic
      ))::int as contained,
      (count(*) filter (where c.channel = 'IVR' or c.is_digital_offered is not null))::int as "digitalAsked",
      (count(*) filter (where c.is_digital_offered))::int as "digitalOffered",
      (count(*) filter (where c.is_digital_offered and c.is_digital_accepted))::int as "digitalAccepted",
      (count(*) filter (where c.is_digital_offered and c.is_digital_accepted and not c.helped))::int as deflected,
      count(c.csat_score)::int as scores,
      coalesce(sum(c.csat_score), 0) as "scoreSum",
      (count(*) filter (where c.csat_score >= coalesce(c.csat_scale_max, 5) - 1))::int as "topScores",
      (count(*) filter (where c.is_transferred_to_survey or c.csat_score is not null))::int as "surveysOffered",
      count(c.is_resolved)::int as flagged,
      (count(*) filter (where c.is_resolved))::int as "flaggedResolved",
      (count(c.is_resolved) filter (where c.csat_score is not null or c.channel = 'SURVEY'))::int as surveyed,
      (count(*) filter (where c.is_resolved and (c.csat_score is not null or c.channel = 'SURVEY')))::int as "surveyedResolved",
      (count(*) filter (where c.is_known))::int as identified,
      (count(*) filter (where c.is_known and not c.again))::int as unrepeated,
      (count(*) filter (where c.is_known and c.topic is not null))::int as "identifiedTopics",
      (count(*) filter (where c.is_known and c.topic is not null and not c.same_topic))::int as "unrepeatedTopics",
      (count(distinct c.customer_id) filter (where c.is_known and ${IS_CALL}))::int as callers,
      (count(distinct c.customer_id) filter (where c.called and ${IS_CALL}))::int as "repeatCallers",
      count(distinct c.universal_session_id)::int as journeys,
      (count(distinct c.universal_session_id) filter (
        where c.universal_session_id in (select s.universal_session_id from switching s)
      ))::int as "switchingJourneys"
    from contacts c
    group by c.key`;
}
