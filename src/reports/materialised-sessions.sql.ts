import { type Sql, sql } from "../db/sql.ts";
import { MOST_EVENTS } from "../facts/roll-ups.ts";
import { SESSION_TIMEOUT_MINUTES } from "../facts/sessions.ts";
import type { Dimension, MatcherInput } from "./filter.type.ts";

// Sessions at the default timeout are cut when events come in (customer_sessions). Here is when a report may read them.

/** Whether sessions with this timeout are kept. */
export function areSessionsMaterialised(timeoutMinutes: number): boolean {
  return timeoutMinutes === SESSION_TIMEOUT_MINUTES;
}

/** Whether a session keeps all that these touches are asked about: its page views, whichever, by page or by section. */
export function holdsTouches({ touches, exclude, dimension }: TouchesQuery): boolean {
  return exclude == null && isOnly("PAGE_VIEW", touches) && (dimension === "PAGE" || dimension === "SECTION");
}

interface TouchesQuery {
  touches: MatcherInput;
  exclude?: MatcherInput | null;
  dimension: Dimension;
}

/** Whether a matcher means all events of one kind, no more and no fewer. */
export function isOnly(kind: NonNullable<MatcherInput["kinds"]>[number], { kinds, ...others }: MatcherInput): boolean {
  return kinds?.length === 1 && kinds[0] === kind && Object.values(others).every((value) => value == null);
}

/** Whether a matcher means calls, whichever: a session keeps its calls. */
export function meansCalls({ kinds }: MatcherInput): boolean {
  return kinds?.length === 1 && kinds[0] === "CALL";
}

/**
 * Every changed customer, and those whose calls have several legs, which roll-ups count each. The one row beside each is a thousand to the planner, which cannot tell: most of the time there
 * is no change, and one that was expected alone would be compared with every row instead of hashed.
 */
const CHANGED = sql`(
      select s.customer_id from changed_customers s cross join generate_series(1, (select 1)) as once
      union all
      select i.customer_id from interactions i where i.shares_call
    )`;

/** Customers whose sessions are not kept, or no longer what their events say. */
export const UNMATERIALISED_CUSTOMERS = sql`
    select s.customer_id from ${CHANGED} s
    union all
    select t.customer_id from customer_totals t where t.events > ${MOST_EVENTS}`;

/**
 * Whether the row of this alias is of none of them. Not `not in`, which looks through all changes for each row as soon as
 * they are too many for the memory of a statement.
 */
export function isMaterialised(row: Sql): Sql {
  return sql`not exists (select from ${CHANGED} s where s.customer_id = ${row}.customer_id)
    and not exists (
      select from customer_totals t where t.customer_id = ${row}.customer_id and t.events > ${MOST_EVENTS}
    )`;
}

/** The same customers as the common table `unmaterialised`. */
export const UNMATERIALISED = sql`
  unmaterialised as materialized (${UNMATERIALISED_CUSTOMERS})`;

/** Whether `c` is a customer's whose sessions are kept. Needs `unmaterialised`. */
export const IS_MATERIALISED: Sql = sql`not exists (select from unmaterialised u where u.customer_id = c.customer_id)`;

/** Whether it is not: said by itself, since only what is not negated twice is joined. */
export const IS_UNMATERIALISED: Sql = sql`c.customer_id in (select u.customer_id from unmaterialised u)`;
