import { type Sql, sql } from "../db/sql.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { countedSql } from "./counted.sql.ts";
import { dimensionSql } from "./dimension.sql.ts";
import { events, IDENTIFIED } from "./filter.sql.ts";
import type { AudienceInput, Container, DedupInput, Dimension, MatcherInput, Measure } from "./filter.type.ts";
import { sessionsSql } from "./session.sql.ts";

/** Which conversions, what each is worth, and how far back its touches may lie. */
export interface ConversionQuery {
  period: PeriodInput;
  conversions: MatcherInput;
  dedup?: DedupInput | null;
  measure: Measure;
  currency?: string | null;
  splitBy?: Dimension | null;
  container: Container;
  /** Unlimited when null. */
  lookbackMinutes?: number | null;
  sessionTimeoutMinutes: number;
  audience?: AudienceInput | null;
}

/**
 * Common tables of a `with recursive`: `conversions`, each with its number, value and split; `starts`, the instant from
 * which on a conversion's touches may lie. Unidentified conversions have no start: their touches are nobody's.
 */
export function conversionTables(query: ConversionQuery): Sql {
  return sql`
  counted as (
    ${countedSql({
      ...query,
      matcher: query.conversions,
      from: events(query.conversions, query.splitBy),
      columns: sql`${IDENTIFIED} as is_known, ${worthOf(query)}, ${splitOf(query)} as split`,
    })}
  ),
  conversions as materialized (
    -- By customer, so that looking back from one after the other goes through the index once, not to and fro.
    select e.*, row_number() over (order by e.customer_id)::int as conversion
    from counted e
  ),
  ${query.container === "SESSION" ? sessionStarts(query) : lookbackStarts(query)}`;
}

/** Money in another currency is worth nothing here, and counted apart. */
function worthOf({ measure, currency }: ConversionQuery): Sql {
  switch (measure) {
    case "COUNT":
      return sql`1::float8 as value, false as is_other_currency`;
    case "COST":
      return moneyOf(sql`e.cost_amount`, sql`e.cost_currency`, currency);
    case "REVENUE":
      return moneyOf(
        sql`coalesce(e.revenue_amount, e.value)`,
        sql`case when e.revenue_amount is null then e.currency else e.revenue_currency end`,
        currency,
      );
  }
}

function moneyOf(amount: Sql, unit: Sql, currency: string | null | undefined): Sql {
  return sql`
    coalesce(case when ${unit} = ${currency} then ${amount} end, 0)::float8 as value,
    coalesce(${unit} <> ${currency}, false) as is_other_currency`;
}

function splitOf({ splitBy }: ConversionQuery): Sql {
  return splitBy ? dimensionSql(splitBy) : sql`null::text`;
}

function lookbackStarts({ lookbackMinutes }: ConversionQuery): Sql {
  const earliest =
    lookbackMinutes == null ? sql`'-infinity'::timestamptz` : sql`c.occurred_at - ${minutes(lookbackMinutes)}`;
  return sql`starts as (
    select c.conversion, ${earliest} as start_at
    from conversions c
    where c.is_known
  )`;
}

/**
 * From each conversion backwards, a timeout at a time, as long as something was still going on: out of the index on
 * (customer, time), instead of cutting everybody's history into sessions. What lasts is rare: it is first joined into
 * stretches, at most one of which can reach into any timeout.
 */
function sessionStarts({ sessionTimeoutMinutes, period }: ConversionQuery): Sql {
  const timeout = minutes(sessionTimeoutMinutes);
  const lasting = sessionsSql({
    from: sql`(select s.* from customer_events s where s.is_leg or s.ended_at > s.occurred_at)`,
    columns: sql`e.kind`,
    customers: sql`e.customer_id in (select c.customer_id from conversions c where c.is_known)`,
    timeoutMinutes: sessionTimeoutMinutes,
    since: null,
    until: period.to,
  });
  return sql`stretches as materialized (
    select e.customer_id, min(e.occurred_at)::timestamptz as start_at, max(e.ended_at)::timestamptz as end_at
    from (${lasting}) e
    group by e.customer_id, e.session
  ),
  reach as (
    select c.conversion, c.customer_id, c.occurred_at::timestamptz as start_at
    from conversions c
    where c.is_known
    union all
    select r.conversion, r.customer_id, least(l.start_at, p.start_at)
    from reach r
    left join stretches l
      on l.customer_id = r.customer_id
      and l.start_at < r.start_at
      and l.end_at >= r.start_at - ${timeout}
    left join lateral (
      select e.occurred_at::timestamptz as start_at
      from customer_events e
      where not e.is_leg
      and e.customer_id = r.customer_id
      and e.occurred_at >= r.start_at - ${timeout}
      and e.occurred_at < r.start_at
      order by e.occurred_at
      limit 1
    ) p on true
    where l.start_at is not null
    or p.start_at is not null
  ),
  starts as (
    select r.conversion, min(r.start_at) as start_at
    from reach r
    group by r.conversion
  )`;
}

/** A length in minutes as an interval. */
export function minutes(length: number): Sql {
  return sql`make_interval(mins => ${length}::int)`;
}
