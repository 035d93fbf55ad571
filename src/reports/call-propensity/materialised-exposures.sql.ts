import { empty, type Sql, sql } from "../../db/sql.ts";
import { inAudience } from "../audience.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { during, events, IDENTIFIED, matches } from "../filter.sql.ts";
import { areSessionsMaterialised, holdsTouches, isMaterialised, meansCalls } from "../materialised-sessions.sql.ts";
import type { CallPropensityQuery } from "./call-propensity.sql.ts";

// Exposures and what followed them, out of the sessions and the paths of calls that are kept.

/** Whether those hold all that is asked: pages of sessions, and calls so soon after a page that they are of its session. */
export function asksOfSessions(query: CallPropensityQuery): boolean {
  const { exposures, conversions, dimension, sessionTimeoutMinutes, withinMinutes } = query;
  const isSoon = withinMinutes <= sessionTimeoutMinutes;
  return (
    areSessionsMaterialised(sessionTimeoutMinutes) &&
    holdsTouches({ touches: exposures, dimension }) &&
    meansCalls(conversions) &&
    isSoon
  );
}

const IS_MATERIALISED = isMaterialised(sql`e`);

/** How many materialised sessions of the period have each section, and, without a name, any; those that reach out of it are apart. */
export function wholeSql(query: CallPropensityQuery): Sql {
  if (!areSectionsMaterialised(query)) return sql`select null::text as name, 0 as exposures where false`;
  return sql`
    select s.name, count(*) as exposures
    from (
      select unnest(e.sections || null::text) as name
      from customer_sessions e
      where cardinality(e.sections) > 0
      and ${isWhole(query)}
      and ${IS_MATERIALISED}
      and ${IDENTIFIED}
      and ${inAudience(query.audience, query.period)}
    ) s
    group by s.name`;
}

/** Whether each session has its own list of what is asked about. */
function areSectionsMaterialised({ dimension }: CallPropensityQuery): boolean {
  return dimension === "SECTION";
}

/** Whether all of a session is in the period, and its sections are known: a server before them may go on for a while. */
function isWhole({ period }: CallPropensityQuery): Sql {
  return sql`e.start_at >= ${period.from} and e.end_at < ${period.to} and e.sections is not null`;
}

/** The other materialised sessions with each item, by a number of each. Needs `items_of_dimension`. */
export function metSql(query: CallPropensityQuery): Sql {
  const { period, audience } = query;
  return sql`
    select d.item, e.session
    from (
      select e.pages, e.page_at, row_number() over () as session
      from customer_sessions e
      where e.start_at < ${period.to}
      and e.end_at >= ${period.from}
      ${areSectionsMaterialised(query) ? sql`and not (${isWhole(query)})` : empty}
      and ${IS_MATERIALISED}
      and ${IDENTIFIED}
      and ${inAudience(audience, period)}
    ) e
    cross join lateral unnest(e.pages, e.page_at) as p (item_id, at)
    join items_of_dimension d on d.item_id = p.item_id
    where p.at >= ${period.from}
    and p.at < ${period.to}
    and d.item is not null
    group by d.item, e.session`;
}

/** The exposures that each call followed whose path is kept, once for each touch that it did. Needs `items_of_dimension`. */
export function followedPathsSql(query: CallPropensityQuery): Sql {
  const { period, audience, conversions, withinMinutes } = query;
  const within = minutes(withinMinutes);
  return sql`
    select d.item, f.customer_id, extract(epoch from f.start_at)::bigint as session, f.id, f.cost_amount, f.cost_currency
    from (
      select c.customer_id, c.id, c.cost_amount, c.cost_currency, k.start_at, p.item_id
      from (
        select e.customer_id, e.id, e.occurred_at, e.cost_amount, e.cost_currency
        from ${events(conversions)} e
        where ${during({ from: period.from, to: new Date(period.to.getTime() + withinMinutes * 60_000) })}
        and ${matches(conversions)}
        and ${IS_MATERIALISED}
        and ${IDENTIFIED}
        and ${inAudience(audience, period)}
      ) c
      -- A call that moved has a path with each customer until both are made anew. Said plainly of both columns, the planner
      -- would expect next to no calls; what "coalesce" says it takes to be true of every other.
      join call_paths k on k.id = c.id and coalesce(k.customer_id = c.customer_id, false)
      cross join lateral unnest(k.pages, k.page_at) as p (item_id, at)
      where p.at >= c.occurred_at - ${within}
      and p.at >= ${period.from}
      and p.at < ${period.to}
      -- A fence: the dictionary is joined to all touches at once, however few calls the planner expects.
      offset 0
    ) f
    join items_of_dimension d on d.item_id = f.item_id
    where d.item is not null`;
}
