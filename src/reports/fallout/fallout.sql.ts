import { float, int, type RowOf, row } from "../../db/row.ts";
import { empty, join, numbered, type Sql, sql } from "../../db/sql.ts";
import { inAudience } from "../audience.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { during, events, IDENTIFIED, matches, TOTAL_ORDER } from "../filter.sql.ts";
import type { MatcherInput } from "../filter.type.ts";
import { sessionsSql } from "../session.sql.ts";
import type { FalloutInput, FalloutStepInput } from "./fallout.type.ts";

/** One step, numbered from 1; step 0 is everybody, and 0 where nobody asked. */
export const FalloutRow = row({
  step: int,
  count: int,
  pending: int,
  median: float.nullable(),
});
export type FalloutRow = RowOf<typeof FalloutRow>;

/**
 * Walks every customer, or session, through the steps. The start of a step is the latest first step from which a way
 * leads to this event as that step. Later events have later ways, so of the events that took the step before, the last is
 * always the best to come from: one window a step, all over one order, finds every ordered subsequence that qualifies.
 */
export function falloutSql(input: FalloutInput, observedUntil: Date): Sql {
  const { steps, container, includeAll } = input;
  const numbers = steps.map((_, i) => i + 1);
  return sql`
with
  ${container === "SESSION" ? sql`sessions as ${includeAll ? sql`materialized` : empty} (${inSessions(input)}),` : empty}
  walked as (
    select ${join(numbers.map(arrivalSql))}, max(e.size) as size, max(e.last_end) as last_end
    from (${walkSql(input, steps.length)}) e
    group by ${within(input)}
  ),
  counted as (
    select ${join(numbers.map((k) => countSql(input, { k, observedUntil })))}
    from walked w
  )
select 0 as step, ${includeAll ? everybody(input) : sql`0`} as count, 0 as pending, null::float8 as median
union all
select l.*
from counted c
cross join lateral (
  values ${join(numbers.map((k) => sql`(${k}::int, c.${of("count", k)}, c.${of("pending", k)}, c.${of("median", k)})`))}
) l
order by step
`;
}

/** What holds a path together. */
function within({ container }: FalloutInput): Sql {
  return container === "SESSION" ? sql`e.customer_id, e.session` : sql`e.customer_id`;
}

type Column =
  | "start"
  | "past_start"
  | "past_at"
  | "past_n"
  | "first"
  | "last_at"
  | "last_n"
  | "count"
  | "pending"
  | "median";

/** The column of a step. */
function of(column: Column, step: number): Sql {
  return numbered(column, step);
}

/** The events that take any step, each with its starts of the first k. */
function walkSql(input: FalloutInput, k: number): Sql {
  if (k === 1) {
    return sql`
    select e.*, case when e.mask & 1 > 0 then e.occurred_at end as ${of("start", 1)}
    from (
      ${input.container === "SESSION" ? stepsOfSessions(input) : stepsOfCustomers(input)}
      -- A fence: which steps an event takes is looked up once, not at each mention.
      offset 0
    ) e
    where e.mask > 0`;
  }
  const isFrom = sql`e.${of("start", k - 1)} is not null`;
  return sql`
    select e.*, case when ${taken(input, k)} then e.${of("past_start", k)} end as ${of("start", k)}
    from (
      select
        e.*,
        max(e.${of("start", k - 1)}) over w as ${of("past_start", k)},
        max(e.occurred_at) filter (where ${isFrom}) over w as ${of("past_at", k)},
        max(e.n) filter (where ${isFrom}) over w as ${of("past_n", k)}
      from (${walkSql(input, k - 1)}) e
      window w as (
        partition by ${within(input)}
        order by ${TOTAL_ORDER}
        rows between unbounded preceding and 1 preceding
      )
    ) e`;
}

/** When step k was first taken, and how long after the step before; the latest start and event of those that took it. */
function arrivalSql(k: number): Sql {
  const isTaken = sql`e.${of("start", k)} is not null`;
  const gap = k === 1 ? sql`0` : sql`date_part('epoch', e.occurred_at - e.${of("past_at", k)})`;
  return sql`
      min(array[date_part('epoch', e.occurred_at), ${gap}]) filter (where ${isTaken}) as ${of("first", k)},
      max(e.${of("start", k)}) as ${of("start", k)},
      max(e.occurred_at) filter (where ${isTaken}) as ${of("last_at", k)},
      max(e.n) filter (where ${isTaken}) as ${of("last_n", k)}`;
}

/** What a step is asked about: its number, and when watching ended. */
interface Place {
  k: number;
  observedUntil: Date;
}

function countSql(input: FalloutInput, { k, observedUntil }: Place): Sql {
  const first = sql`w.${of("first", k)}`;
  const pending =
    k === 1 ? sql`0` : sql`(count(*) filter (where ${first} is null and ${isOpen(input, { k, observedUntil })}))::int`;
  const median = k === 1 ? sql`null::float8` : sql`percentile_cont(0.5) within group (order by ${first}[2])`;
  return sql`
      count(${first})::int as ${of("count", k)}, ${pending} as ${of("pending", k)}, ${median} as ${of("median", k)}`;
}

/** Whether event `e` takes step k, coming from the last event that took the step before. */
function taken({ steps, withinMinutes }: FalloutInput, k: number): Sql {
  const step = steps[k - 1]!;
  const conditions = [
    sql`e.mask & ${2 ** (k - 1)}::int > 0`,
    step.immediately ? sql`e.n = e.${of("past_n", k)} + 1` : null,
    step.withinMinutes == null ? null : sql`e.occurred_at <= e.${of("past_at", k)} + ${minutes(step.withinMinutes)}`,
    withinMinutes == null ? null : sql`e.occurred_at <= e.${of("past_start", k)} + ${minutes(withinMinutes)}`,
  ].filter((condition) => condition !== null);
  return join(conditions, " and ");
}

/** Whether `w`, which has not taken step k, still may: an event at the end of watching would be in time. */
function isOpen(input: FalloutInput, { k, observedUntil }: Place): Sql {
  const { immediately, withinMinutes }: FalloutStepInput = input.steps[k - 1]!;
  if (withinMinutes == null && input.withinMinutes == null) return sql`false`;
  const isInTime = (since: Sql, limit: number) => sql`${since} + ${minutes(limit)} >= ${observedUntil}`;
  const conditions = [
    withinMinutes == null ? null : isInTime(sql`w.${of("last_at", k - 1)}`, withinMinutes),
    input.withinMinutes == null ? null : isInTime(sql`w.${of("start", k - 1)}`, input.withinMinutes),
    immediately ? sql`w.${of("last_n", k - 1)} = w.size` : null,
    input.container === "SESSION" ? isInTime(sql`w.last_end`, input.sessionTimeoutMinutes) : null,
  ].filter((condition) => condition !== null);
  return join(conditions, " and ");
}

/** Events of the period that take any step, by customer. Only \`immediately\` needs to see all the others. */
function stepsOfCustomers(input: FalloutInput): Sql {
  const { period, audience } = input;
  const counts = input.steps.some((step) => step.immediately)
    ? sql`
      row_number() over (partition by e.customer_id order by ${TOTAL_ORDER}) as n,
      count(*) over (partition by e.customer_id) as size`
    : sql`null::bigint as n, null::bigint as size`;
  return sql`
    select
      e.customer_id, 0::bigint as session, e.occurred_at, e.sequence, e.channel, e.kind, e.id, ${maskSql(input)} as mask,
      ${counts}, null::timestamptz as last_end
    from ${relation(input)} e
    where ${during(period)}
    and ${inAudience(audience, period)}
    and ${IDENTIFIED}
    -- As the index on (customer, time) has them, so that nothing is left to sort but what happened in one instant.
    order by e.customer_id, e.occurred_at`;
}

function stepsOfSessions({ period }: FalloutInput): Sql {
  return sql`
    select
      e.customer_id, e.session, e.occurred_at, e.sequence, e.channel, e.kind, e.id, e.mask,
      row_number() over (partition by e.customer_id, e.session order by ${TOTAL_ORDER}) as n,
      count(*) over (partition by e.customer_id, e.session) as size,
      max(e.ended_at) over (partition by e.customer_id, e.session) as last_end
    from sessions e
    where e.occurred_at >= ${period.from}`;
}

/** Sessions run over all that the customers did; only those who take the first step are worth cutting up. */
function inSessions(input: FalloutInput): Sql {
  const { period, audience, steps, includeAll, sessionTimeoutMinutes } = input;
  const anyOf = steps[0]!.anyOf;
  const starters = sql`e.customer_id in (
        select e.customer_id from ${events(...anyOf)} e where ${during(period)} and ${anyMatch(anyOf)}
      )`;
  return sessionsSql({
    from: relation(input),
    columns: sql`${maskSql(input)} as mask`,
    customers: sql`${IDENTIFIED} and ${inAudience(audience, period)} and ${includeAll ? sql`true` : starters}`,
    timeoutMinutes: sessionTimeoutMinutes,
    since: period.from,
    until: period.to,
  });
}

function everybody({ period, audience, container }: FalloutInput): Sql {
  if (container === "SESSION") {
    return sql`(
  select count(*)::int
  from (select from sessions e where e.occurred_at >= ${period.from} group by e.customer_id, e.session) e
)`;
  }
  return sql`(
  select count(*)::int
  from (
    select from customer_events e
    where ${during(period)} and ${inAudience(audience, period)} and ${IDENTIFIED}
    group by e.customer_id
  ) e
)`;
}

function relation({ steps }: FalloutInput): Sql {
  return events(...steps.flatMap((step) => step.anyOf));
}

/** Bit i is the i-th step. */
function maskSql({ steps }: FalloutInput): Sql {
  const bits = steps.map(({ anyOf }, i) => sql`case when ${anyMatch(anyOf)} then ${2 ** i}::int else 0 end`);
  return sql`(${join(bits, " + ")})`;
}

function anyMatch(anyOf: readonly MatcherInput[]): Sql {
  return sql`(${join(anyOf.map(matches), " or ")})`;
}
