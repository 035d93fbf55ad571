import { empty, type Sql, sql } from "../../db/sql.ts";
import { minutes } from "../conversion.sql.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { events, PLACE, REVERSE_ORDER, TOTAL_ORDER } from "../filter.sql.ts";
import type { Dimension } from "../filter.type.ts";
import { isIncluded } from "./anchor.sql.ts";
import type { FlowInput } from "./flow.type.ts";

/** `before`: the steps back from each anchor, each the last one before the step after it. */
export function beforeTable(input: FlowInput): Sql {
  const { dimensionBefore, stepsBefore, exclude } = input;
  return sql`
  before as (
    select
      p.path, p.customer_id, p.floor_at::timestamptz, 0 as step,
      p.occurred_at::timestamptz, p.sequence, p.channel, p.id, ${anchorItem(input, dimensionBefore)} as item
    from paths p
    where p.is_known
    union all
    select
      w.path, w.customer_id, w.floor_at, w.step - 1,
      e.occurred_at::timestamptz, e.sequence, e.channel, e.id, e.item
    from before w
    cross join lateral (
      select e.occurred_at, e.sequence, e.channel, e.id, ${dimensionSql(dimensionBefore)} as item
      from ${events(exclude, dimensionBefore)} e
      where e.customer_id = w.customer_id
      and e.occurred_at >= w.floor_at
      and e.occurred_at <= w.occurred_at
      and ${PLACE} < (w.occurred_at, coalesce(w.sequence, 2147483647), w.channel, w.id)
      and ${isStep(input, dimensionBefore)}
      order by ${REVERSE_ORDER}
      limit 1
    ) e
    where w.step > ${-stepsBefore}::int
  ),`;
}

/** `after`: the steps on from each anchor. */
export function afterTables(input: FlowInput): Sql {
  const { container, dimensionAfter, stepsAfter, exclude } = input;
  const isSession = container === "SESSION";
  return sql`
  ${isSession ? ceilingTables(input) : empty}
  after as (
    select
      p.path, p.customer_id, ${isSession ? sql`c.ceiling_at` : sql`'infinity'`}::timestamptz as ceiling_at, 0 as step,
      p.occurred_at::timestamptz, p.sequence, p.channel, p.id, ${anchorItem(input, dimensionAfter)} as item
    from paths p
    ${isSession ? sql`join ceilings c on c.path = p.path` : empty}
    where p.is_known
    union all
    select
      w.path, w.customer_id, w.ceiling_at, w.step + 1,
      e.occurred_at::timestamptz, e.sequence, e.channel, e.id, e.item
    from after w
    cross join lateral (
      select e.occurred_at, e.sequence, e.channel, e.id, ${dimensionSql(dimensionAfter)} as item
      from ${events(exclude, dimensionAfter)} e
      where e.customer_id = w.customer_id
      and e.occurred_at >= w.occurred_at
      and e.occurred_at <= w.ceiling_at
      and ${PLACE} > (w.occurred_at, coalesce(w.sequence, 2147483647), w.channel, w.id)
      and ${isStep(input, dimensionAfter)}
      order by ${TOTAL_ORDER}
      limit 1
    ) e
    where w.step < ${stepsAfter}::int
  ),`;
}

/** `ceilings`: the last instant of each anchor's session, which goes on while anything begins within a timeout of its end. */
function ceilingTables({ sessionTimeoutMinutes }: FlowInput): Sql {
  const timeout = minutes(sessionTimeoutMinutes);
  return sql`
  ends as (
    select p.path, p.customer_id, p.occurred_at::timestamptz as start_at, (
      select max(e.ended_at)
      from customer_events e
      where e.customer_id = p.customer_id
      and e.occurred_at >= p.floor_at
      and e.occurred_at <= p.occurred_at
    )::timestamptz as end_at
    from paths p
    where p.is_known
    union all
    select n.path, n.customer_id, n.start_at, later.end_at
    from ends n
    cross join lateral (
      select max(e.ended_at)::timestamptz as end_at
      from customer_events e
      where e.customer_id = n.customer_id
      and e.occurred_at >= n.start_at
      and e.occurred_at <= n.end_at + ${timeout}
    ) later
    where later.end_at > n.end_at
  ),
  ceilings as (
    select n.path, max(n.end_at) + ${timeout} as ceiling_at
    from ends n
    group by n.path
  ),`;
}

/** What a step may not repeat when it comes right beside the anchor: null where the two cannot be compared. */
function anchorItem({ anchor }: FlowInput, dimension: Dimension): Sql {
  return anchor.dimension === dimension ? sql`p.item` : sql`null::text`;
}

/** Whether `e` is the step next to `w`. */
function isStep(input: FlowInput, dimension: Dimension): Sql {
  const value = dimensionSql(dimension);
  const isNew = input.includeRepeats
    ? sql`${value} is not null`
    : sql`${value} is not null and ${value} is distinct from w.item`;
  return sql`${isNew} and ${isIncluded(input)}`;
}
