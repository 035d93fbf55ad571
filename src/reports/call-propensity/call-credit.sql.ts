import { float, type RowOf, row, text } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { type CreditQuery, creditTables, namesOf, touchTables } from "../credit.sql.ts";
import type { CreditRule } from "../credit-rule.ts";

/** What is credited to one item of the conversions with one value of the split. */
export const CallCreditRow = row({
  item: text,
  split: text.nullable(),
  credit: float,
});
export type CallCreditRow = RowOf<typeof CallCreditRow>;

/** The credit of every item, whether or not it is shown. */
export function callCreditSql(query: CreditQuery, creditRule: CreditRule): Sql {
  return sql`
with recursive
  ${touchTables(query)},
  ${creditTables([creditRule])}
select n.name as item, t.split, t.credit
from (
  select x.item::text as item, c.split, sum(x.shares[1] * c.value) as credit
  from credited x
  join conversions c on c.conversion = x.conversion
  group by x.item, c.split
) t
join (${namesOf(query.dimension, sql`touches`)}) n on n.item = t.item
where t.credit <> 0
order by t.credit desc, t.split
`;
}
