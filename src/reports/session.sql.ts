import { type Sql, sql } from "../db/sql.ts";
import { beginsSession, timeoutOf } from "../facts/sessions.sql.ts";

/** What a session is cut out of. */
export interface SessionsQuery {
  /** The relation, from `events(…)`. */
  from: Sql;
  /** Columns of `e` to carry besides those of the order; a fragment such as `sql`e.kind, e.item_id``. */
  columns: Sql;
  /** Which customers' events are read: a condition on `e.customer_id` only, or sessions would fall apart. */
  customers: Sql;
  timeoutMinutes: number;
  /** Events that can no longer touch this window are not read; null reads back to the first. */
  since: Date | null;
  until: Date;
}

/**
 * The events of customers in total order over all channels, each with the number of its session within the customer.
 * A session ends when nothing has been going on for longer than the timeout, measured from the latest end so far; a
 * pause as long as the timeout does not end it. Reading from `since` leaves out only what cannot have been going on
 * within a timeout of it, so the events after it fall into the same sessions as they would with all history read.
 * Between events of one instant nothing pauses, so their order does not matter here.
 */
export function sessionsSql({ from, columns, customers, timeoutMinutes, since, until }: SessionsQuery): Sql {
  const recent = since === null ? sql`true` : sql`e.ended_at >= ${since}::timestamptz - ${timeoutOf(timeoutMinutes)}`;
  return sql`
    select e.*, count(*) filter (where e.is_start) over (partition by e.customer_id order by e.occurred_at) as session
    from (
      select
        e.customer_id, e.subject_id, e.id, e.occurred_at, e.ended_at, e.sequence, e.channel, e.kind, ${columns},
        ${beginsSession(sql`partition by e.customer_id order by e.occurred_at`, timeoutMinutes)} as is_start
      from ${from} e
      where e.occurred_at < ${until}
      and ${recent}
      and ${customers}
    ) e
  `;
}
