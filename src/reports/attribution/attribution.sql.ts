import { float, int, list, type RowOf, row, text, word } from "../../db/row.ts";
import { empty, join, type Sql, sql } from "../../db/sql.ts";
import { placeOf } from "../../facts/event-order.sql.ts";
import { minutes } from "../conversion.sql.ts";
import { type CreditQuery, creditTables, eligible, hasItem, namesOf, touchTables } from "../credit.sql.ts";
import type { CreditRule } from "../credit-rule.ts";
import { events, PLACE } from "../filter.sql.ts";
import { UNMATERIALISED_CUSTOMERS } from "../materialised-sessions.sql.ts";
import { asksOfPaths, materialisedCounts, materialisedTotals } from "./materialised-calls.sql.ts";

/**
 * One line of the answer. ROW: what one credit rule gives one item; MODEL: what it gives all items (`credit`) and
 * those that are not shown (`rest`); REASON: the worth of conversions without a touch; TOUCHED and TOTAL: the worth and
 * number of the conversions with a touch, and of all (`rest` of TOTAL counts those in another currency).
 */
export const AttributionLine = row({
  part: word(["ROW", "MODEL", "REASON", "TOUCHED", "TOTAL"]),
  /** From 1, in the order of the credit rules. */
  model: int.nullable(),
  name: text.nullable(),
  section: text.nullable(),
  credit: float,
  rest: float,
  conversions: int,
  /** In the order of credit. */
  place: int,
  split: list(row({ value: text.nullable(), credit: float })).nullable(),
});
export type AttributionLine = RowOf<typeof AttributionLine>;

/** Every conversion of the period is found once, shared among the touches before it, and added up by item. */
export function attributionSql(asked: CreditQuery, creditRules: readonly CreditRule[], first: number): Sql {
  const isMaterialised = asksOfPaths(asked);
  const query = isMaterialised ? { ...asked, customers: sql`e.customer_id in (${UNMATERIALISED_CUSTOMERS})` } : asked;
  return sql`
with recursive
  path_counts as materialized (${isMaterialised ? materialisedCounts(query) : NO_COUNTS}),
  ${touchTables(query)},
  ${creditTables(creditRules)},
  totals as (
    select x.item, c.split, count(*)::int as conversions, ${creditsSql(creditRules)} as credits
    from credited x
    join conversions c on c.conversion = x.conversion
    group by x.item, c.split
    ${isMaterialised ? sql`union all ${materialisedTotals(query, creditRules)}` : empty}
  ),
  by_item as (
    select
      m.model, t.item::text as item, sum(t.credits[m.model]) as credit, sum(t.conversions)::int as conversions,
      jsonb_agg(
        jsonb_build_object('value', t.split, 'credit', t.credits[m.model]) order by t.credits[m.model] desc, t.split
      ) filter (where t.credits[m.model] <> 0) as split
    from totals t
    cross join generate_series(1, ${creditRules.length}::int) as m (model)
    group by m.model, t.item
    having sum(t.credits[m.model]) <> 0
  ),
  ranked as (
    select b.*, row_number() over (partition by b.model order by b.credit desc, b.name collate "C") as place
    from (${namedSql(query)}) b
  ),
  untouched as (
    select c.value, 1 as calls, ${reasonSql(query)} as reason
    from conversions c
    left join starts s on s.conversion = c.conversion
    where not exists (select from touches t where t.conversion = c.conversion)
    union all
    select k.calls, k.calls, k.part
    from path_counts k
    where k.part <> 'TOUCHED'
  )
select 'ROW' as part, r.model, r.name, r.section, r.credit, 0::float8 as rest, r.conversions, r.split, r.place
from ranked r
where r.place <= ${first}
union all
select 'MODEL', r.model, null, null, sum(r.credit), coalesce(sum(r.credit) filter (where r.place > ${first}), 0), 0, null, 0
from ranked r
group by r.model
union all
select 'REASON', null, u.reason, null, sum(u.value), 0, sum(u.calls)::int, null, 0
from untouched u
group by u.reason
union all
select 'TOUCHED', null, null, null, coalesce(sum(c.value), 0), 0, coalesce(sum(c.calls), 0)::int, null, 0
from (
  select c.value, 1 as calls
  from conversions c
  where exists (select from touches t where t.conversion = c.conversion)
  union all
  select k.calls, k.calls from path_counts k where k.part = 'TOUCHED'
) c
union all
select 'TOTAL', null, null, null, coalesce(sum(c.value), 0), coalesce(sum(c.others), 0), coalesce(sum(c.calls), 0)::int, null, 0
from (
  select c.value, 1 as calls, c.is_other_currency::int as others from conversions c
  union all
  select k.calls, k.calls, 0 from path_counts k
) c
order by part, model, place
`;
}

/** Where every conversion is read anew. */
const NO_COUNTS = sql`select null::text as part, 0 as calls where false`;

function creditsSql(creditRules: readonly CreditRule[]): Sql {
  if (creditRules.length === 0) return sql`'{}'::float8[]`;
  return sql`array[${join(creditRules.map((_, i) => sql`sum(x.shares[${i + 1}::int] * c.value)`))}]`;
}

function namedSql({ dimension }: CreditQuery): Sql {
  return sql`
      select b.model, n.name, n.section, b.credit, b.conversions, b.split
      from by_item b
      join (${namesOf(dimension, sql`touches`)}) n on n.item = b.item
    `;
}

/** Why a conversion `c`, whose touches may lie from `s.start_at` on, has none. The conversion itself is no touch left out. */
function reasonSql(query: CreditQuery): Sql {
  const { container, dimension, lookbackMinutes, touches, exclude } = query;
  const since = lookbackMinutes == null ? sql`true` : sql`e.occurred_at >= c.occurred_at - ${minutes(lookbackMinutes)}`;
  const leftOut = sql`
        select from ${events(dimension)} e
        where e.customer_id = c.customer_id
        and e.occurred_at >= s.start_at
        and e.occurred_at <= c.occurred_at
        and ${PLACE} < ${placeOf(sql`c`)}
        and ${hasItem(dimension)}`;
  const earlier = sql`
        select from ${events(touches, exclude, dimension)} e
        where e.customer_id = c.customer_id
        and e.occurred_at < s.start_at
        and ${since}
        and ${eligible(query)}`;
  return sql`case
      when not c.is_known then 'NO_IDENTITY'
      when exists (${leftOut}) then 'EXCLUDED_BY_FILTER'
      when ${container === "SESSION"} and exists (${earlier}) then 'OUT_OF_SESSION'
      else 'NO_TOUCH_IN_WINDOW'
    end`;
}
