import { int, list, money, row, text } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { inAudience } from "../audience.sql.ts";
import { countsOnce, ITSELF } from "../contact.sql.ts";
import { dimensionSql } from "../dimension.sql.ts";
import { during, events } from "../filter.sql.ts";
import { MONEY_COUNTS, TRANSACTION } from "../transactions.sql.ts";
import type { ChannelPerformanceInput } from "./channel-performance.type.ts";

export const ChannelPerformanceRow = row({
  value: text.nullable(),
  interactions: int,
  calls: int,
  matchedCalls: int,
  transactions: int,
  revenue: list(money),
  cost: list(money),
});

/**
 * Every event of the period is put under the value that it carries itself. What is added up, and what is counted once, are
 * each read for themselves: each so needs no more than its own few columns, and may use all cores; and only legs, calls
 * and transactions, which indexes find, are worth anything.
 */
export function channelPerformanceSql({ period, by, audience }: ChannelPerformanceInput, limit: number): Sql {
  return sql`
with
  seen as not materialized (
    select
      ${dimensionSql(by)} as value,
      e.interaction_id,
      (e.is_leg or e.kind in ('CALL', 'TRANSACTION')) as is_worth,
      e.kind = 'CALL' and ${countsOnce(events(by), null)} as is_call,
      e.match_status = 'MATCHED' as is_matched,
      case
        when e.transaction_id is not null then ${TRANSACTION}
        when e.kind = 'TRANSACTION' then e.id::text
      end as transaction,
      e.cost_amount,
      e.cost_currency,
      case
        when not ${MONEY_COUNTS} then null
        when e.is_leg then e.revenue_amount
        when e.kind = 'TRANSACTION' then e.value
      end as revenue_amount,
      case when e.is_leg then e.revenue_currency else e.currency end as revenue_currency
    from ${events(by)} e
    ${ITSELF}
    where ${during(period)}
    and ${inAudience(audience, period)}
  ),
  parts as materialized (
    select
      s.value, s.cost_currency, s.revenue_currency,
      count(*) filter (where s.is_call) as calls,
      count(*) filter (where s.is_call and s.is_matched) as matched,
      sum(s.cost_amount) as cost,
      sum(s.revenue_amount) as revenue
    from seen s
    where s.is_worth
    group by s.value, s.cost_currency, s.revenue_currency
  ),
  counts as (
    select p.value, p.calls, p.matched, 0 as interactions, 0 as transactions
    from parts p
    union all
    select v.value, 0, 0, 1, 0
    from (select s.value, s.interaction_id from seen s group by s.value, s.interaction_id) v
    union all
    select t.value, 0, 0, 0, 1
    from (select s.value, s.transaction from seen s where s.is_worth and s.transaction is not null group by s.value, s.transaction) t
  ),
  ranked as (
    select
      c.value, sum(c.interactions)::int as interactions, sum(c.calls)::int as calls, sum(c.matched)::int as matched,
      sum(c.transactions)::int as transactions
    from counts c
    group by c.value
    order by calls desc, interactions desc, c.value collate "C"
    limit ${limit}
  ),
  revenues as (
    select p.value, p.revenue_currency as currency, sum(p.revenue) as amount
    from parts p
    where p.revenue is not null
    group by p.value, p.revenue_currency
  ),
  costs as (
    select p.value, p.cost_currency as currency, sum(p.cost) as amount
    from parts p
    where p.cost is not null
    group by p.value, p.cost_currency
  )
select
  r.value, r.interactions, r.calls, r.matched as "matchedCalls", r.transactions,
  ${moneyOf(sql`revenues`)} as revenue,
  ${moneyOf(sql`costs`)} as cost
from ranked r
order by r.calls desc, r.interactions desc, r.value collate "C"
`;
}

/** The sums of one value in a relation (a fragment that names one). */
function moneyOf(relation: Sql): Sql {
  return sql`coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('amount', trim_scale(m.amount)::text, 'currency', m.currency)
        order by m.currency
      )
      from ${relation} m
      where m.value is not distinct from r.value
    ),
    '[]'
  )`;
}
