import { type Sql, sql } from "../db/sql.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { inAudience } from "./audience.sql.ts";
import { CONTACT, countsOnce, ITSELF } from "./contact.sql.ts";
import { during, matches, REVERSE_ORDER, TOTAL_ORDER } from "./filter.sql.ts";
import type { AudienceInput, DedupInput, MatcherInput } from "./filter.type.ts";
import { sessionsSql } from "./session.sql.ts";

export interface CountedQuery {
  /** The relation, from `events(…)`. */
  from: Sql;
  /** Columns of `e` to carry besides its customer, subject, id and place in the order, each with a name. */
  columns: Sql;
  matcher: MatcherInput;
  dedup?: DedupInput | null;
  period: PeriodInput;
  audience?: AudienceInput | null;
  /** A condition on `e.customer_id`. */
  customers?: Sql;
  sessionTimeoutMinutes: number;
}

/**
 * The events of the period that count, each record once and the calls of a contact once; of several within the scope of `dedup`, the first or the last
 * of the period.
 */
export function countedSql(query: CountedQuery): Sql {
  const { from, dedup } = query;
  const order = dedup?.keep === "LAST" ? REVERSE_ORDER : TOTAL_ORDER;
  if (!dedup) {
    return sql`
      select ${columnsOf(query)}
      from ${from} e
      ${ITSELF}
      where ${condition(query)} and ${countsOnce(from, query.matcher)}
    `;
  }
  switch (dedup.scope) {
    case "EVENT":
      return sql`select ${columnsOf(query)} from ${from} e where ${condition(query)}`;
    case "CUSTOMER":
      return sql`
        select distinct on (e.customer_id) ${columnsOf(query)}
        from ${from} e
        where ${condition(query)}
        order by e.customer_id, ${order}
      `;
    case "UNIVERSAL_SESSION":
      return sql`
        select distinct on (${CONTACT}) ${columnsOf(query)}
        from ${from} e
        where ${condition(query)}
        order by ${CONTACT}, ${order}
      `;
    case "SESSION":
      return sql`
        select distinct on (e.customer_id, n.session) ${columnsOf(query)}
        from ${from} e
        join (${sessionsOf(query)}) n on n.customer_id = e.customer_id and n.id = e.id
        where ${condition(query)}
        order by e.customer_id, n.session, ${order}
      `;
  }
}

function columnsOf({ columns }: CountedQuery): Sql {
  return sql`e.customer_id, e.subject_id, e.id, e.occurred_at, e.sequence, e.channel, e.kind, ${columns}`;
}

function condition({ matcher, period, audience, customers }: CountedQuery): Sql {
  const all = sql`${during(period)} and ${matches(matcher)} and ${inAudience(audience, period)}`;
  return customers ? sql`${all} and ${customers}` : all;
}

/** All that those customers did, whatever is counted of it: sessions run over every kind of event. */
function sessionsOf(query: CountedQuery): Sql {
  return sessionsSql({
    from: sql`customer_events`,
    columns: sql`e.item_id`,
    customers: sql`e.customer_id in (select e.customer_id from ${query.from} e where ${condition(query)})`,
    timeoutMinutes: query.sessionTimeoutMinutes,
    since: query.period.from,
    until: query.period.to,
  });
}
