import { type Sql, sql } from "../db/sql.ts";
import { SESSION_TIMEOUT_MINUTES } from "./sessions.ts";

// How sessions are cut out of events `e`, in the database's words.

/** The pause that ends a session. */
export const timeoutOf = (minutes: number = SESSION_TIMEOUT_MINUTES): Sql =>
  sql`make_interval(mins => ${minutes}::int)`;

/** How long nothing has been going on before an event of a window; null before its first. */
export const pauseBefore = (window: Sql): Sql =>
  sql`e.occurred_at - max(e.ended_at) over (${window} rows between unbounded preceding and 1 preceding)`;

/**
 * Whether an event of a window, such as sql`partition by e.customer_id order by e.occurred_at`, begins a session. Between
 * events of one instant nothing pauses, so their order does not matter.
 */
export const beginsSession = (window: Sql, timeoutMinutes?: number): Sql =>
  sql`coalesce(${pauseBefore(window)} > ${timeoutOf(timeoutMinutes)}, true)`;
