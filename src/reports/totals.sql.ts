import { join, type Sql, sql } from "../db/sql.ts";
import { MOST_EVENTS } from "../facts/roll-ups.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../facts/vocabulary.ts";
import type { MatcherInput } from "./filter.type.ts";
import { MARKED, UNKEPT_CUSTOMERS } from "./kept-sessions.sql.ts";

// Customers are counted when their events come in (customer_totals): of those whose every event lies in the period, a
// report need not read the events again.

/**
 * How many events of a row `e` of customer_totals a matcher means; null where the totals cannot tell, which know either
 * the kinds or the channels and nothing else.
 */
export function totalOf(matcher: MatcherInput | null | undefined): Sql | null {
  const { kinds, channels, ...others } = matcher ?? {};
  if (Object.values(others).some((value) => value != null)) return null;
  if (kinds != null) return channels == null ? sumOf(sql`e.by_kind`, placesOf(TOUCHPOINT_KINDS, kinds)) : null;
  return channels == null ? sql`e.events` : sumOf(sql`e.by_channel`, placesOf(CHANNELS, channels));
}

function placesOf<Value>(all: readonly Value[], some: readonly Value[]): number[] {
  return [...new Set(some)].map((value) => all.indexOf(value) + 1);
}

/** An empty list is for the matcher's own check to refuse. */
function sumOf(counts: Sql, places: readonly number[]): Sql | null {
  if (places.length === 0) return null;
  return sql`(${join(
    places.map((place) => sql`${counts}[${place}::int]`),
    " + ",
  )})`;
}

/** The totals that stand for all that a customer did in the period. */
export function wholeTotals(period: PeriodInput): Sql {
  return sql`(
    select t.*
    from customer_totals t
    where t.first_at >= ${period.from}
    and t.last_at < ${period.to}
    and t.events <= ${MOST_EVENTS}
    and not exists (select from ${MARKED} s where s.customer_id = t.customer_id)
  )`;
}

/** Whether `e` is of a customer who is not among those: known in part only, not counted yet, or with too many events. */
export function isReadAnew({ from, to }: PeriodInput): Sql {
  return sql`e.customer_id in (
    ${UNKEPT_CUSTOMERS}
    union all
    select t.customer_id from customer_totals t where t.first_at < ${from} and t.last_at >= ${from}
    union all
    select t.customer_id
    from customer_totals t
    where t.last_at >= ${to}
    and t.first_at >= ${from}
    and t.first_at < ${to}
  )`;
}
