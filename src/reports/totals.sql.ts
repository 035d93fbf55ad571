import { join, type Sql, sql } from "../db/sql.ts";
import { isNobody, NOBODIES } from "../facts/nobody.sql.ts";
import { MOST_EVENTS } from "../facts/roll-ups.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { inAudience } from "./audience.sql.ts";
import type { AudienceInput, MatcherInput } from "./filter.type.ts";
import { CHANGED, UNMATERIALISED_CUSTOMERS } from "./materialised-sessions.sql.ts";

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

/** What to count customers by, out of a row `e` of customer_totals: columns with names, and the names alone. */
interface CountsQuery {
  period: PeriodInput;
  audience?: AudienceInput | null;
  columns: Sql;
  names: Sql;
}

/** How many customers there are of each kind, nobodies apart: of those whose totals stand for all they did in the period. */
export function countsOfTotals(query: CountsQuery): Sql {
  return query.audience ? countsOfAudience(query) : countsOfEverybody(query);
}

/** Who is of an audience may take reading events to know: it is asked once. */
function countsOfAudience({ period, audience, columns, names }: CountsQuery): Sql {
  return sql`
    select ${columns}, ${isNobody(sql`e.customer_id`)} as is_nobody, count(*) as customers
    from customer_totals e
    where ${isWhole(period)}
    and ${inAudience(audience, period)}
    and ${IS_UNCHANGED}
    group by ${names}, is_nobody`;
}

/**
 * Everybody is counted in one go, and then the few who changed, and those who are nobody, are subtracted again: asked of each
 * row, either would cost as much as the counting.
 */
function countsOfEverybody({ period, columns, names }: CountsQuery): Sql {
  return sql`
    select ${columns}, false as is_nobody, count(*) as customers
    from customer_totals e
    where ${isWhole(period)}
    group by ${names}
    union all
    select ${columns}, false, -count(*)
    from customer_totals e
    where ${isWhole(period)}
    and e.customer_id in (select s.customer_id from ${CHANGED} s)
    group by ${names}
    union all
    select ${names}, i.is_nobody, case when i.is_nobody then n.customers else -n.customers end
    from (
      select ${columns}, count(*) as customers
      from customer_totals e
      where ${isWhole(period)}
      and e.customer_id in (${NOBODIES})
      and ${IS_UNCHANGED}
      group by ${names}
    ) n
    cross join (values (false), (true)) as i (is_nobody)`;
}

/** Whether a row of totals stands for all that its customer did in the period, if no batch changed it since. */
function isWhole({ from, to }: PeriodInput): Sql {
  return sql`e.first_at >= ${from}
    and e.last_at < ${to}
    and e.events <= ${MOST_EVENTS}`;
}

const IS_UNCHANGED = sql`not exists (select from ${CHANGED} s where s.customer_id = e.customer_id)`;

/** Whether `e` is of a customer who is not among those: known in part only, not counted yet, or with too many events. */
export function isReadAnew({ from, to }: PeriodInput): Sql {
  return sql`e.customer_id in (
    ${UNMATERIALISED_CUSTOMERS}
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
