import { type Sql, sql } from "../db/sql.ts";

/** Every column of an interaction `i`, whose end is in `v`. */
export const INTERACTION_COLUMNS = sql`
  i.id, i.subject_id as "subjectId", i.customer_id as "customerId", i.is_visit as "isVisit", i.source,
  i.source_id as "sourceId", i.revision, i.ingested_at as "ingestedAt", i.channel_type as "channelType",
  i.universal_session_id as "universalSessionId", i.session_id as "sessionId", i.cust_id as "custId",
  i.session_start_time as "sessionStartTime", i.interaction_start_time as "interactionStartTime",
  i.interaction_end_time as "interactionEndTime",
  case when i.is_visit then v.ended_at else i.session_end_time end as "sessionEndTime", i.hold_seconds as "holdSeconds",
  i.queue_seconds as "queueSeconds", i.session_seconds as "suppliedSessionSeconds",
  i.customer_seconds as "suppliedCustomerSeconds", i.agent_seconds as "suppliedAgentSeconds",
  i.interaction_seconds as "suppliedInteractionSeconds", i.agent_id as "agentId", i.agent_skill_id as "agentSkillId",
  i.department, i.team, i.intent_category as "intentCategory", i.intent, i.journey_step as "journeyStep",
  i.is_resolved as "isResolved", i.is_transferred as "isTransferred",
  i.channel_type_transferred as "channelTypeTransferred", i.agent_id_transferred as "agentIdTransferred",
  i.agent_skill_id_transferred as "agentSkillIdTransferred", i.is_digital_offered as "isDigitalOffered",
  i.is_digital_accepted as "isDigitalAccepted", i.exit_reason_code as "exitReasonCode",
  i.interaction_notes as "interactionNotes", i.is_transferred_to_survey as "isTransferredToSurvey",
  i.csat_score as "csatScore", i.csat_scale_max as "csatScaleMax", i.is_call_back as "isCallBack",
  i.call_back_session_id as "callBackSessionId", i.direction, i.call_reason as "callReason",
  i.call_centre_id as "callCentreId", i.outcome, i.cost_amount as "costAmount", i.cost_currency as "costCurrency",
  i.revenue_amount as "revenueAmount", i.revenue_currency as "revenueCurrency", i.transaction_id as "transactionId",
  i.tracking_number as "trackingNumber", i.campaign, i.medium, i.metadata, i.data_quality as notes,
  i.match_status as "matchStatus", i.match_method as "matchMethod", i.match_confidence as "matchConfidence",
  i.match_page as "matchPage", i.match_url as "matchUrl", i.match_seconds as "matchSeconds"
`;

/** Whose rows of one interaction belong together. */
export type Scope = "customer" | "all";

/**
 * `v`: the rows that share the interaction's id, a visit of several subjects having one each. `is_other` says that
 * another row stands for it: a reported leg before a visit, then the one that began first.
 */
export function siblings(scope: Scope): Sql {
  const shared = scope === "customer" ? sql`o.id = i.id and o.customer_id = i.customer_id` : sql`o.id = i.id`;
  return sql`
    cross join lateral (
      select
        max(o.session_end_time) as ended_at,
        bool_or(
          (o.is_visit, o.session_start_time, o.subject_id) < (i.is_visit, i.session_start_time, i.subject_id)
        ) as is_other
      from interactions o
      where ${shared}
    ) v
  `;
}
