import { int, type RowOf, row } from "../../db/row.ts";
import { join, type Sql, sql } from "../../db/sql.ts";
import { isNobody } from "../../facts/nobody.sql.ts";
import { inAudience } from "../audience.sql.ts";
import { during, events, matches } from "../filter.sql.ts";
import { sessionsSql } from "../session.sql.ts";
import { countsOfTotals, isReadAnew, totalOf } from "../totals.sql.ts";
import type { OverlapInput } from "./overlap.type.ts";

/** Members of exactly the sets of a mask: bit i is the i-th set. */
export const OverlapRow = row({
  mask: int,
  identified: int,
  unidentified: int,
});
export type OverlapRow = RowOf<typeof OverlapRow>;

/** Each customer, or session, with an event of the period in any set is counted once, under all the sets it is in. */
export function overlapSql(input: OverlapInput): Sql {
  return sql`
-- Kept, so that what is asked of a mask is asked once for each, and not of every customer.
with members as materialized (${input.container === "CUSTOMER" ? customersSql(input) : counted(sessionMembersSql(input))})
select
  m.mask,
  (coalesce(sum(m.customers) filter (where not m.is_nobody), 0))::int as identified,
  (coalesce(sum(m.customers) filter (where m.is_nobody), 0))::int as unidentified
from members m
where m.mask > 0
group by m.mask
order by m.mask
`;
}

/** Counted already where the sets allow it, read anew where not. */
function customersSql(input: OverlapInput): Sql {
  const totals = input.sets.map(({ matcher }) => totalOf(matcher)).filter((total) => total !== null);
  if (totals.length < input.sets.length) return counted(eventsSql(input, sql`true`));
  const bits = totals.map((total, i) => sql`case when ${total} > 0 then ${2 ** i}::int else 0 end`);
  return sql`
  ${countsOfTotals({ ...input, columns: sql`${join(bits, " + ")} as mask`, names: sql`mask` })}
  union all
  (${counted(eventsSql(input, isReadAnew(input.period)))})
  `;
}

/** How many of the members there are under each mask, nobodies apart. */
function counted(members: Sql): Sql {
  return sql`
  select m.mask, ${isNobody(sql`m.customer_id`)} as is_nobody, count(*) as customers
  from (${members}) m
  group by m.mask, is_nobody
  `;
}

function eventsSql(input: OverlapInput, customers: Sql): Sql {
  return sql`
  select e.customer_id, bit_or(${maskSql(input)}) as mask
  from ${relation(input)} e
  where ${during(input.period)}
  and (${join(
    input.sets.map(({ matcher }) => matches(matcher)),
    " or ",
  )})
  and ${inAudience(input.audience, input.period)}
  and ${customers}
  group by e.customer_id
`;
}

/** Sessions run over all that the customers did; only events of the period put one in a set. */
function sessionMembersSql(input: OverlapInput): Sql {
  const sessions = sessionsSql({
    from: relation(input),
    columns: sql`case when ${during(input.period)} then ${maskSql(input)} else 0 end as mask`,
    customers: inAudience(input.audience, input.period),
    timeoutMinutes: input.sessionTimeoutMinutes,
    since: input.period.from,
    until: input.period.to,
  });
  return sql`
  select e.customer_id, e.session, bit_or(e.mask) as mask
  from (${sessions}) e
  group by e.customer_id, e.session
`;
}

function relation({ sets }: OverlapInput): Sql {
  return events(...sets.map((set) => set.matcher));
}

function maskSql({ sets }: OverlapInput): Sql {
  const bits = sets.map(({ matcher }, i) => sql`case when ${matches(matcher)} then ${2 ** i}::int else 0 end`);
  return sql`(${join(bits, " + ")})`;
}
