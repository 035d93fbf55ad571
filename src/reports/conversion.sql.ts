import { type Sql, sql } from "../db/sql.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { countedSql } from "./counted.sql.ts";
import { dimensionSql } from "./dimension.sql.ts";
import { events, IDENTIFIED } from "./filter.sql.ts";
import type { AudienceInput, Container, DedupInput, Dimension, MatcherInput, Measure } from "./filter.type.ts";
import { sessionStarts } from "./session-starts.sql.ts";
import { MONEY_COUNTS } from "./transactions.sql.ts";

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
  /** Whose conversions are looked for, where those of others are known already: a condition on `e.customer_id`. */
  customers?: Sql;
}

/**
 * Common tables of a `with recursive`: `conversions`, each with its number, value and split; `starts`, the instant from
 * which on a conversion's touches may lie, and the pages among them where they are kept. Unidentified conversions have no
 * start: their touches are nobody's.
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
        sql`case when ${MONEY_COUNTS} then coalesce(e.revenue_amount, e.value) end`,
        sql`case when e.revenue_amount is null then e.currency else e.revenue_currency end`,
        currency,
      );
  }
}

function moneyOf(amount: Sql, unit: Sql, currency: string | null | undefined): Sql {
  return sql`
    coalesce(case when ${unit} = ${currency} then ${amount} end, 0)::float8 as value,
    coalesce(${amount} is not null and ${unit} <> ${currency}, false) as is_other_currency`;
}

function splitOf({ splitBy }: ConversionQuery): Sql {
  return splitBy ? dimensionSql(splitBy) : sql`null::text`;
}

function lookbackStarts({ lookbackMinutes }: ConversionQuery): Sql {
  const earliest =
    lookbackMinutes == null ? sql`'-infinity'::timestamptz` : sql`c.occurred_at - ${minutes(lookbackMinutes)}`;
  return sql`starts as (
    select c.conversion, ${earliest} as start_at, null::bigint[] as pages
    from conversions c
    where c.is_known
  )`;
}

/** A length in minutes as an interval. */
export function minutes(length: number): Sql {
  return sql`make_interval(mins => ${length}::int)`;
}
