import { empty, join, type Sql, sql } from "../../db/sql.ts";
import { inAudience } from "../audience.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { during, events, IDENTIFIED, matches, TOTAL_ORDER } from "../filter.sql.ts";
import type { MatcherInput } from "../filter.type.ts";
import { sessionsSql } from "../session.sql.ts";
import type { FalloutInput, FalloutStepInput } from "./fallout.type.ts";

/** One step, numbered from 1; step 0 is everybody, and 0 where nobody asked. */
export interface FalloutRow {
  step: number;
  count: number;
  pending: number;
  median: number | null;
}

/**
 * Walks every customer, or session, through the steps. `start` is the latest first step from which a way leads to this
 * event as the current step. Later events have later ways, so of the events that took the step before, the last is
 * always the best to come from: one pass a step finds every ordered subsequence that qualifies.
 */
export function falloutSql(input: FalloutInput, observedUntil: Date): Sql {
  return sql`
with
  ${input.container === "SESSION" ? sql`sessions as ${input.includeAll ? sql`materialized` : empty} (${inSessions(input)}),` : empty}
  walk as materialized (
    select e.*, case when e.mask & 1 > 0 then e.occurred_at end as start
    from (${input.container === "SESSION" ? stepsOfSessions(input) : stepsOfCustomers(input)}) e
    where e.mask > 0
    order by ${within(input)}, ${TOTAL_ORDER}
  )
select 0 as step, ${input.includeAll ? everybody(input) : sql`0`} as count, 0 as pending, null::float8 as median
union all
select 1, count(*)::int, 0, null
from (select from walk e where e.start is not null group by ${within(input)}) e
${stepSql(input, { k: 2, observedUntil })}
order by step
`;
}

/** What holds a path together. `walk` lies in this order, so that no step has to sort it again. */
function within({ container }: FalloutInput): Sql {
  return container === "SESSION" ? sql`e.customer_id, e.session` : sql`e.customer_id`;
}

/** What a step is asked about: its number, and when watching ended. */
interface Place {
  k: number;
  observedUntil: Date;
}

/** The k-th step and those after it. Each `walk` is made of the one around it, and hides it. */
function stepSql(input: FalloutInput, { k, observedUntil }: Place): Sql {
  const step = input.steps[k - 1];
  if (!step) return empty;
  return sql`
union all
select *
from (
with
  walk as materialized (
    select
      e.customer_id, e.session, e.occurred_at, e.sequence, e.channel, e.id, e.mask, e.n, e.size, e.last_end,
      e.start as came_start,
      case when ${taken(input, k)} then e.past_start end as start,
      date_part('epoch', e.occurred_at - e.past_at) as gap
    from (
      select
        e.*,
        max(e.start) over w as past_start,
        max(e.occurred_at) filter (where e.start is not null) over w as past_at,
        max(e.n) filter (where e.start is not null) over w as past_n
      from walk e
      window w as (
        partition by ${within(input)}
        order by ${TOTAL_ORDER}
        rows between unbounded preceding and 1 preceding
      )
    ) e
    where e.start is not null
    or e.past_start is not null
    order by ${within(input)}, ${TOTAL_ORDER}
  )
select
  ${k}::int as step,
  count(w.first)::int as count,
  (count(*) filter (where w.first is null and ${isOpen(input, { k, observedUntil })}))::int as pending,
  percentile_cont(0.5) within group (order by w.first[2]) as median
from (
  select
    min(array[date_part('epoch', e.occurred_at), e.gap]) filter (where e.start is not null) as first,
    max(e.came_start) as start,
    max(e.occurred_at) filter (where e.came_start is not null) as at,
    max(e.n) filter (where e.came_start is not null) as n,
    max(e.size) as size,
    max(e.last_end) as last_end
  from walk e
  group by ${within(input)}
) w
${stepSql(input, { k: k + 1, observedUntil })}
) later
`;
}

/** Whether event `e` takes step k, coming from the last event that took the step before. */
function taken({ steps, withinMinutes }: FalloutInput, k: number): Sql {
  const step = steps[k - 1]!;
  const conditions = [
    sql`e.mask & ${2 ** (k - 1)}::int > 0`,
    step.immediately ? sql`e.n = e.past_n + 1` : null,
    step.withinMinutes == null ? null : sql`e.occurred_at <= e.past_at + ${minutes(step.withinMinutes)}`,
    withinMinutes == null ? null : sql`e.occurred_at <= e.past_start + ${minutes(withinMinutes)}`,
  ].filter((condition) => condition !== null);
  return join(conditions, " and ");
}

/** Whether `w`, which has not taken step k, still may: an event at the end of watching would be in time. */
function isOpen(input: FalloutInput, { k, observedUntil }: Place): Sql {
  const { immediately, withinMinutes }: FalloutStepInput = input.steps[k - 1]!;
  if (withinMinutes == null && input.withinMinutes == null) return sql`false`;
  const isInTime = (since: Sql, limit: number) => sql`${since} + ${minutes(limit)} >= ${observedUntil}`;
  const conditions = [
    withinMinutes == null ? null : isInTime(sql`w.at`, withinMinutes),
    input.withinMinutes == null ? null : isInTime(sql`w.start`, input.withinMinutes),
    immediately ? sql`w.n = w.size` : null,
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
      e.customer_id, 0::bigint as session, e.occurred_at, e.sequence, e.channel, e.id, ${maskSql(input)} as mask,
      ${counts}, null::timestamptz as last_end
    from ${relation(input)} e
    where ${during(period)}
    and ${inAudience(audience, period)}
    and ${IDENTIFIED}`;
}

function stepsOfSessions({ period }: FalloutInput): Sql {
  return sql`
    select
      e.customer_id, e.session, e.occurred_at, e.sequence, e.channel, e.id, e.mask,
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
