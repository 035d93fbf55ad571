import { empty, type Sql, sql } from "../../db/sql.ts";
import { placeOf } from "../../facts/event-order.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { hasItem } from "../credit.sql.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { events, PLACE, REVERSE_ORDER, TOTAL_ORDER } from "../filter.sql.ts";
import type { Dimension } from "../filter.type.ts";
import { areSessionsMaterialised, meansCalls } from "../materialised-sessions.sql.ts";
import { isIncluded } from "./anchor.sql.ts";
import type { FlowInput } from "./flow.type.ts";

/** What goes with every step of path `p`, so that no step is looked up in the paths again. */
const PATH = sql`p.path, p.customer_id, p.is_known`;

/** `before`: the steps back from each anchor, numbered from -1. */
export function beforeTable(input: FlowInput): Sql {
  const steps = stepsSql(input, {
    dimension: input.dimensionBefore,
    order: REVERSE_ORDER,
    most: input.stepsBefore,
    isReached: sql`e.occurred_at >= p.floor_at
      and e.occurred_at <= p.occurred_at
      and ${PLACE} < ${placeOf(sql`p`)}`,
  });
  const isMaterialised = areStepsMaterialised(input);
  return sql`
  before as (
    select ${PATH}, -e.place::int as step, e.item
    from paths p
    cross join lateral (${steps}) e
    where p.is_known
    ${isMaterialised ? sql`and p.pages is null union all ${materialisedSteps(input)}` : empty}
  ),`;
}

/** Whether the steps back from an anchor whose session is kept are the pages kept with it. */
function areStepsMaterialised({
  anchor,
  container,
  dimensionBefore,
  exclude,
  sessionTimeoutMinutes,
}: FlowInput): boolean {
  const arePages = dimensionBefore === "PAGE" && exclude == null;
  return (
    container === "SESSION" && areSessionsMaterialised(sessionTimeoutMinutes) && meansCalls(anchor.matcher) && arePages
  );
}

function materialisedSteps({ includeRepeats, stepsBefore }: FlowInput): Sql {
  const steps = sql`
      select ${PATH}, i.name as item, s.place
      from paths p
      cross join lateral (
        select s.item_id, cardinality(p.pages) + 1 - s.place as place
        from unnest(p.pages) with ordinality as s (item_id, place)
        ${includeRepeats ? sql`where s.place > cardinality(p.pages) - ${stepsBefore}::int` : empty}
      ) s
      join items i on i.id = s.item_id`;
  if (includeRepeats) return sql`select s.path, s.customer_id, s.is_known, -s.place::int, s.item from (${steps}) s`;
  return sql`
    select s.path, s.customer_id, s.is_known, -s.place::int, s.item
    from (
      select s.path, s.customer_id, s.is_known, s.item, row_number() over (partition by s.path order by s.place) as place
      from (
        select s.*, lag(s.item) over (partition by s.path order by s.place) as item_beside
        from (${steps}) s
      ) s
      where s.item is distinct from s.item_beside
    ) s
    where s.place <= ${stepsBefore}::int`;
}

/** `after`: the steps on from each anchor, numbered from 1. */
export function afterTables(input: FlowInput): Sql {
  const isSession = input.container === "SESSION";
  const steps = stepsSql(input, {
    dimension: input.dimensionAfter,
    order: TOTAL_ORDER,
    most: input.stepsAfter,
    isReached: sql`e.occurred_at >= p.occurred_at
      and ${isSession ? sql`e.occurred_at <= c.ceiling_at` : sql`true`}
      and ${PLACE} > ${placeOf(sql`p`)}`,
  });
  return sql`
  ${isSession ? ceilingTables(input) : empty}
  after as (
    select ${PATH}, e.place::int as step, e.item
    from paths p
    ${isSession ? sql`join ceilings c on c.path = p.path` : empty}
    cross join lateral (${steps}) e
    where p.is_known
  ),`;
}

/** Which steps of path `p`: in what order they lie from its anchor, how many at most, and which events are in reach. */
interface Side {
  dimension: Dimension;
  order: Sql;
  most: number;
  isReached: Sql;
}

/** Read out of the index on (customer, time), away from the anchor and no further than the last step. */
function stepsSql(input: FlowInput, { dimension, order, most, isReached }: Side): Sql {
  const value = dimensionSql(dimension);
  const beside = sql`lag(${value}, 1, ${anchorItem(input, dimension)}) over (order by ${order})`;
  return sql`
      select e.item, row_number() over (order by ${order}) as place
      from (
        select
          e.occurred_at, e.sequence, e.channel, e.kind, e.id, ${value} as item,
          ${input.includeRepeats ? sql`null` : beside} as item_beside
        from ${events(input.exclude, dimension)} e
        where e.customer_id = p.customer_id
        and ${isReached}
        and ${hasItem(dimension)}
        and ${isIncluded(input)}
      ) e
      ${input.includeRepeats ? empty : sql`where e.item is distinct from e.item_beside`}
      order by ${order}
      limit ${most}::int`;
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
