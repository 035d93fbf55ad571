import { empty, join, type Sql, sql } from "../../db/sql.ts";
import { placeOf, sequenceOf } from "../../facts/event-order.sql.ts";
import { conversionTables } from "../conversion.sql.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { events, matches, PLACE, REVERSE_ORDER, TOTAL_ORDER } from "../filter.sql.ts";
import type { FlowInput } from "./flow.type.ts";

/**
 * `anchors`: the occurrences in the period, each with the anchor before it in the same container. `paths`: those that
 * are followed.
 */
export function anchorTables(input: FlowInput): Sql {
  const { anchor, container, countBy } = input;
  const conversions = conversionTables({
    ...input,
    conversions: anchor.matcher,
    measure: "COUNT",
    splitBy: anchor.dimension,
    container: countBy === "SESSION" ? "SESSION" : container,
  });
  return sql`
  ${conversions},
  anchors as (
    select
      e.conversion as path, e.customer_id, e.is_known, e.occurred_at, e.sequence, e.channel, e.kind, e.id, e.split as item,
      e.session_at, e.floor_at, e.pages,
      lag(e.split) over w as past_item,
      lag(e.occurred_at) over w as past_at,
      lag(${sequenceOf(sql`e`)}) over w as past_sequence,
      lag(e.channel) over w as past_channel,
      lag(e.kind) over w as past_kind,
      lag(e.id) over w as past_id
    from (
      select
        c.*, s.start_at as session_at, s.pages,
        ${container === "SESSION" ? sql`s.start_at` : sql`'-infinity'::timestamptz`} as floor_at
      from conversions c
      -- Each has one start; grouped, the planner knows.
      left join (
        select s.conversion, min(s.start_at) as start_at, min(s.pages) as pages from starts s group by s.conversion
      ) s on s.conversion = c.conversion
    ) e
    window w as (partition by e.customer_id, e.floor_at order by ${TOTAL_ORDER})
  ),
  fresh as (
    select a.*
    from anchors a
    ${input.includeRepeats ? empty : sql`where ${isRepeat(input)} is not true`}
  ),
  followed as (${followed(input)}),
  paths as materialized (${counted(input)})`;
}

/** Whether anchor `a` has the value of the one before it, with nothing in between that could be seen in the flow. */
function isRepeat(input: FlowInput): Sql {
  const { anchor, stepsBefore, stepsAfter, dimensionBefore, dimensionAfter, exclude } = input;
  const dimensions = [
    anchor.dimension,
    ...(stepsBefore > 0 ? [dimensionBefore] : []),
    ...(stepsAfter > 0 ? [dimensionAfter] : []),
  ];
  const isSeen = join(
    dimensions.map((dimension) => sql`${dimensionSql(dimension)} is not null`),
    " or ",
  );
  return sql`(a.item = a.past_item and not exists (
      select from ${events(exclude, ...dimensions)} e
      where e.customer_id = a.customer_id
      and e.occurred_at >= a.past_at
      and e.occurred_at <= a.occurred_at
      and ${PLACE} > (a.past_at, a.past_sequence, a.past_channel, a.past_kind, a.past_id)
      and ${PLACE} < ${placeOf(sql`a`)}
      and (${isSeen})
      and ${isIncluded(input)}
    ))`;
}

function followed({ occurrence }: FlowInput): Sql {
  if (occurrence === "ALL") return sql`select e.* from fresh e`;
  const order = occurrence === "LAST" ? REVERSE_ORDER : TOTAL_ORDER;
  return sql`
    select distinct on (e.customer_id, e.floor_at) e.*
    from fresh e
    order by e.customer_id, e.floor_at, ${order}
  `;
}

/** One path for whatever is counted. */
function counted({ countBy, occurrence }: FlowInput): Sql {
  const order = occurrence === "LAST" ? REVERSE_ORDER : TOTAL_ORDER;
  switch (countBy) {
    case "OCCURRENCE":
      return sql`select e.* from followed e`;
    case "SESSION":
      return sql`
    select distinct on (e.customer_id, e.session_at) e.*
    from followed e
    order by e.customer_id, e.session_at, ${order}
  `;
    case "CUSTOMER":
      return sql`
    select distinct on (e.customer_id) e.*
    from followed e
    where e.is_known
    order by e.customer_id, ${order}
  `;
  }
}

/** Whether `e` may be a step at all. */
export function isIncluded({ exclude }: FlowInput): Sql {
  return exclude ? sql`${matches(exclude)} is not true` : sql`true`;
}
