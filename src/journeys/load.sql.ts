import { type Sql, sql } from "../db/sql.ts";
import { NOBODIES } from "../facts/nobody.sql.ts";
import { survivingListOf, survivingOf } from "../facts/survivorship.sql.ts";
import { transactionOf } from "../facts/transactions.sql.ts";

// What is read of customers, as COPY sends it: the columns come in the order in which `load.repository` reads them.

/** Whose rows are meant: customers one by one, or all whose ids lie between two, both included. */
export type Who = { ids: readonly string[] } | { from: string; to: string };

function isMeant(who: Who, customer: Sql): Sql {
  if ("ids" in who) return sql`${customer} = any(${`{${who.ids.join(",")}}`}::uuid[])`;
  return sql`${customer} >= ${who.from}::uuid and ${customer} <= ${who.to}::uuid`;
}

export function touchpointRowsSql(who: Who): Sql {
  return sql`
    select
      t.customer_id, t.id, t.occurred_at, t.ended_at, t.sequence, t.channel::text, t.kind::text, t.source,
      t.item_id, t.campaign_id, t.campaign_source_id, t.referrer_id,
      coalesce(t.landing_page_id, case when ${BEGINS_VISIT} then t.url_id end),
      v.device,
      coalesce(
        v.contact_id,
        case
          when v.universal_session_id is not null
            or v.session_id is not null and v.channel_type not in ('WEB', 'APP')
          then v.id
        end
      ),
      ${NAMES_PERSON}, t.interaction_id,
      t.value::text, t.currency, ${transactionOf(sql`t`)}
    from touchpoints t
    left join interactions v on v.subject_id = t.subject_id and v.id = t.interaction_id
    left join identities s on s.id = t.subject_id
    where ${isMeant(who, sql`t.customer_id`)}`;
}

/** Whether the subject is a person, and not what anybody may carry. */
const NAMES_PERSON = sql`s.kind in ('ANCHOR', 'PERSONAL')`;

/** Of a text that is compared and never shown, the 53 bits that a double keeps. */
const hashOf = (text: Sql) => sql`(hashtextextended(${text}, 0) >> 11)::float8`;

/** A visit that nothing is known to have brought landed on the page that it began with. */
const BEGINS_VISIT = sql`
        t.kind = 'PAGE_VIEW'
        and t.occurred_at = v.session_start_time
        and not exists (
          select from interactions o where o.id = v.id and o.session_start_time < v.session_start_time
        )`;

export function visitRowsSql(who: Who): Sql {
  return sql`
    select v.customer_id, v.session_start_time, v.channel_type::text, v.contact_id
    from interactions v
    where v.is_visit and ${isMeant(who, sql`v.customer_id`)}`;
}

export function legRowsSql(who: Who): Sql {
  return sql`
    select
      i.customer_id, i.id, i.sequence, i.session_start_time, coalesce(i.interaction_end_time, i.session_end_time),
      i.channel_type::text, i.source, i.item_id, ${NAMES_PERSON}, i.is_consult,
      i.outcome::text, i.direction::text, i.match_status::text, i.match_method::text, i.shares_call, i.contact_id,
      ${hashOf(sql`i.call_id`)}, ${hashOf(sql`i.source_id`)}, ${hashOf(sql`i.contact_key`)},
      ${hashOf(sql`i.session_id`)}, ${hashOf(sql`i.universal_session_id`)}, ${hashOf(sql`i.call_back_session_id`)},
      i.interaction_start_time, i.interaction_end_time, i.session_end_time,
      i.queue_seconds, i.hold_seconds, i.agent_seconds, i.interaction_seconds,
      i.is_resolved, i.is_transferred, i.is_digital_offered, i.is_digital_accepted, i.is_transferred_to_survey,
      i.is_call_back, i.channel_type_transferred::text, i.csat_score, i.csat_scale_max,
      coalesce(i.revision, i.session_start_time), ${transactionOf(sql`i`)},
      i.cost_amount::text, i.cost_currency, i.revenue_amount::text, i.revenue_currency,
      i.intent, i.call_reason, i.journey_step, i.agent_id, i.agent_skill_id, i.team, i.department, i.call_centre_id,
      i.tracking_number, i.device, i.campaign, i.medium, i.campaign_source, i.referrer, i.landing_page,
      i.match_campaign, i.match_medium, i.match_campaign_source, i.match_referrer, i.match_landing_page
    from interactions i
    left join identities s on s.id = i.subject_id
    where not i.is_visit and ${isMeant(who, sql`i.customer_id`)}`;
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
