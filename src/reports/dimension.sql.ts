import { fieldText } from "../db/fields.ts";
import { type Sql, sql } from "../db/sql.ts";
import { survivingValue } from "../facts/survivorship.sql.ts";
import type { TouchpointKind } from "../fields/choices.ts";
import { type Dimension, GROUPS } from "./filter.type.ts";

/**
 * The value of an event `e` along a dimension, as text; null where it has none. A call that says nothing of what brought it
 * has what brought the visit that it came out of.
 */
export function dimensionSql(dimension: Dimension): Sql {
  const own = ownDimensionSql(dimension);
  const brought = BROUGHT[dimension];
  return brought ? sql`coalesce(${own}, ${brought})` : own;
}

/** The value that `e` has itself, taken over from no visit: a visit's campaign is a touch once, with its page. */
function ownDimensionSql(dimension: Dimension): Sql {
  return isGroup(dimension) ? fieldText("e", GROUPS[dimension]) : findSql(dimension);
}

const BROUGHT: Partial<Record<Dimension, Sql>> = {
  CAMPAIGN: sql`e.brought_campaign`,
  MEDIUM: sql`e.brought_medium`,
  REFERRER: sql`e.brought_referrer`,
  LANDING_PAGE: sql`e.brought_landing_page`,
};

type Group = keyof typeof GROUPS;

function isGroup(dimension: Dimension): dimension is Group {
  return dimension in GROUPS;
}

/** What is no column of the event. */
function findSql(dimension: Exclude<Dimension, Group>): Sql {
  switch (dimension) {
    case "PAGE":
      return nameOf("PAGE_VIEW");
    case "SECTION":
      return sql`(select nullif(i.section, '') from items i where i.id = e.item_id)`;
    case "SEARCH_TERM":
      return nameOf("SEARCH");
    case "PROMPT":
      return nameOf("PROMPT");
    case "INTENT":
      return sql`coalesce(e.intent, ${nameOf("INTENT")})`;
    case "CALL_REASON":
      return sql`coalesce(e.call_reason, ${nameOf("CALL")})`;
    case "CAMPAIGN":
      return sql`coalesce(e.campaign, (select nullif(c.name, '') from items c where c.id = e.campaign_id))`;
    case "MEDIUM":
      return sql`coalesce(e.medium, (select nullif(c.section, '') from items c where c.id = e.campaign_id))`;
    case "REFERRER":
      return sql`coalesce(e.referrer, (select r.name from items r where r.id = e.referrer_id and r.kind = 'REFERRER'))`;
    case "LANDING_PAGE":
      return sql`coalesce(
        e.landing_page,
        (select l.name from items l where l.id = coalesce(e.landing_page_id, case when ${BEGINS_VISIT} then e.url_id end))
      )`;
    case "DEVICE":
      return sql`(select v.device from interactions v where v.subject_id = e.subject_id and v.id = e.interaction_id)`;
    case "TRACKING_NUMBER":
      return sql`case when e.is_leg then (select v.tracking_number from interactions v where v.subject_id = e.subject_id and v.id = e.id) end`;
    case "SEGMENT":
      return survivingValue("customerSegmentId", sql`e.customer_id`);
    case "STAGE":
      return sql`e.stage`;
    case "CHANNEL":
      return sql`e.channel::text`;
    case "SOURCE":
      return sql`e.source`;
  }
}

/** A visit that nothing is known to have brought landed on the page that it began with. */
const BEGINS_VISIT = sql`
  not e.is_leg
  and e.kind = 'PAGE_VIEW'
  and e.occurred_at = (select min(v.session_start_time) from interactions v where v.id = e.interaction_id)
`;

/** Names mean something else for each kind: a search's is its term, a call's its reason. */
function nameOf(kind: TouchpointKind): Sql {
  return sql`case when e.kind = ${kind}::touchpoint_kind then (select i.name from items i where i.id = e.item_id) end`;
}
