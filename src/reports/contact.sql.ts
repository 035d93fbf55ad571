import { type Sql, sql } from "../db/sql.ts";
import { placeOf } from "../facts/event-order.sql.ts";
import { isNobody } from "../facts/nobody.sql.ts";
import { matches } from "./filter.sql.ts";
import type { MatcherInput } from "./filter.type.ts";

// What a person counts once: the contact of an event.

/** The event `e` again, for `countsOnce` to compare others with: to be joined. */
export const ITSELF = sql`cross join lateral (
  select e.contact_id, e.customer_id, e.occurred_at, e.sequence, e.channel, e.kind, e.id
) o`;

/**
 * Whether an event of `from` counts where a contact's calls count once, whatever the period: at the first that the matcher
 * means, of somebody if any of them is. Any other event does. Needs `ITSELF`.
 */
export function countsOnce(from: Sql, matcher: MatcherInput | null | undefined): Sql {
  const rank = (event: Sql) => sql`(${isNobody(sql`${event}.customer_id`)}, ${placeOf(event)})`;
  return sql`case
    when e.shares_call and e.channel = 'VOICE' then not exists (
      select from ${from} e
      where e.contact_id = o.contact_id and e.is_leg and e.channel = 'VOICE' and ${matches(matcher)}
      and ${rank(sql`e`)} < ${rank(sql`o`)}
    )
    else true
  end`;
}
