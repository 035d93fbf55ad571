import { type Sql, sql } from "../db/sql.ts";
import { NOBODIES } from "../facts/nobody.sql.ts";
import { survivingListOf, survivingOf } from "../facts/survivorship.sql.ts";
import { transactionOf } from "../facts/transactions.sql.ts";

// What is read of customers, as COPY sends it: the columns come in the order in which `load.repository` reads them.

/** Whose rows are meant: customers one by one, or all whose ids lie between two, both included. */
export type Who = { ids: readonly string[] } | { from: string; to: string };

/** Whose rows are meant, and from when on, in milliseconds since 1970; minus infinity is all time. */
export interface WhoSince {
  who: Who;
  since: number;
}

/** What counts with later ones stays, however old it is: legs of a contact, and of an order. */
function isKept(since: number, at: Sql, orElse = sql`false`): Sql {
  if (since === Number.NEGATIVE_INFINITY) return sql``;
  return sql`and (${at} >= ${new Date(since).toISOString()}::timestamptz or ${orElse})`;
}

export function isMeant(who: Who, customer: Sql): Sql {
  if ("ids" in who) return sql`${customer} = any(${`{${who.ids.join(",")}}`}::uuid[])`;
  return sql`${customer} >= ${who.from}::uuid and ${customer} <= ${who.to}::uuid`;
}

/** Subjects that are a person, and not what anybody may carry: those that rows of these customers may have. */
export function personsSql(who: Who): Sql {
  return sql`
    select s.id
    from identities s
    where s.kind in ('ANCHOR', 'PERSONAL') ${isNeeded(
      who,
      (ids) => sql`and s.id in (
        select t.subject_id from touchpoints t where ${isMeant(ids, sql`t.customer_id`)}
        union all
        select i.subject_id from interactions i where ${isMeant(ids, sql`i.customer_id`)}
      )`,
    )}`;
}

/** Interactions that touchpoints of these customers may be of, with all that have the same ids. */
export function interactionsToJoinSql(who: Who): Sql {
  return sql`
    select
      i.subject_id, i.id, i.session_start_time, i.device, i.contact_id,
      i.universal_session_id is not null or i.session_id is not null and i.channel_type not in ('WEB', 'APP')
    from interactions i
    ${isNeeded(who, (ids) => sql`where i.id in (select t.interaction_id from touchpoints t where ${isMeant(ids, sql`t.customer_id`)})`)}`;
}

/** A condition that spares reading what customers who are named one by one do not need; of many, all is read. */
const isNeeded = (who: Who, condition: (who: Who) => Sql): Sql => ("ids" in who ? condition(who) : sql``);

export function touchpointRowsSql({ who, since }: WhoSince): Sql {
  return sql`
    select
      t.customer_id, t.id, t.interaction_id, t.subject_id, t.occurred_at, t.ended_at, t.sequence, t.channel, t.kind,
      t.source, t.item_id, t.campaign_id, t.campaign_source_id, t.referrer_id, t.landing_page_id, t.url_id,
      t.value::text, t.currency, ${transactionOf(sql`t`)}
    from touchpoints t
    where ${isMeant(who, sql`t.customer_id`)} ${isKept(since, sql`t.occurred_at`)}`;
}

/** Of a text that is compared and never shown, the 53 bits that a double keeps. */
const hashOf = (text: Sql) => sql`(hashtextextended(${text}, 0) >> 11)::float8`;

export function visitRowsSql({ who, since }: WhoSince): Sql {
  return sql`
    select v.customer_id, v.session_start_time, v.channel_type, v.contact_id
    from interactions v
    where v.is_visit and ${isMeant(who, sql`v.customer_id`)}
    ${isKept(since, sql`v.session_start_time`, sql`v.contact_id is not null`)}`;
}

export function legRowsSql({ who, since }: WhoSince): Sql {
  return sql`
    select
      i.customer_id, i.subject_id, i.id, i.sequence, i.session_start_time, coalesce(i.interaction_end_time, i.session_end_time),
      i.channel_type, i.source, i.item_id, i.is_consult,
      i.outcome, i.direction, i.match_status, i.match_method, i.shares_call, i.contact_id,
      ${hashOf(sql`i.call_id`)}, ${hashOf(sql`i.source_id`)}, ${hashOf(sql`i.contact_key`)},
      ${hashOf(sql`i.session_id`)}, ${hashOf(sql`i.universal_session_id`)}, ${hashOf(sql`i.call_back_session_id`)},
      i.interaction_start_time, i.interaction_end_time, i.session_end_time,
      i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
      i.is_resolved, i.is_transferred, i.is_digital_offered, i.is_digital_accepted, i.is_transferred_to_survey,
      i.is_call_back, i.channel_type_transferred, i.csat_score, i.csat_scale_max,
      coalesce(i.revision, i.session_start_time), ${transactionOf(sql`i`)},
      i.cost_amount::text, i.cost_currency, i.revenue_amount::text, i.revenue_currency,
      i.intent, i.call_reason, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
      i.tracking_number, i.device, i.campaign, i.medium, i.campaign_source, i.referrer, i.landing_page,
      i.match_campaign, i.match_medium, i.match_campaign_source, i.match_referrer, i.match_landing_page
    from interactions i
    where not i.is_visit and ${isMeant(who, sql`i.customer_id`)}
    ${isKept(since, sql`i.session_start_time`, sql`i.contact_id is not null or i.transaction_id is not null`)}`;
}

/** Whom consent keeps out of reports. */
export function leftOutSql(who: Who): Sql {
  return sql`
    select x.customer_id
    from consent_closed x
    where x.use = 'REPORTS' and ${isMeant(who, sql`x.customer_id`)} and (
      exists (select from touchpoints t where t.customer_id = x.customer_id)
      or exists (select from interactions i where i.customer_id = x.customer_id)
    )`;
}

/** Who is nobody. */
export function nobodiesSql(who: Who): Sql {
  return sql`select n.customer_id from (${NOBODIES}) n where ${isMeant(who, sql`n.customer_id`)}`;
}

/** Who is a customer, known by name or by what they carry. */
export function namedSql(who: Who): Sql {
  return sql`select c.id, c.is_anonymous from customers c where ${isMeant(who, sql`c.id`)}`;
}

/** What an audience asks about customers. */
export function statedSql(who: Who): Sql {
  return sql`
    select
      r.customer_id, ${survivingOf("customerSegmentId")}, ${survivingOf("region")},
      ${survivingListOf("products")}::text, ${survivingOf("vvip")}
    from customer_records r
    left join sources o on o.name = r.source
    where ${isMeant(who, sql`r.customer_id`)}
    group by r.customer_id`;
}
