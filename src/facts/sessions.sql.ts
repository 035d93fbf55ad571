import { type Sql, sql } from "../db/sql.ts";
import { SESSION_TIMEOUT_MINUTES } from "./sessions.ts";

// How sessions are cut out of events `e`, in the database's words.

/** The pause that ends a session. */
export const TIMEOUT: Sql = sql`make_interval(mins => ${SESSION_TIMEOUT_MINUTES}::int)`;

/** How long nothing has been going on before an event of a window; null before its first. */
export const pauseBefore = (window: Sql): Sql =>
  sql`e.occurred_at - max(e.ended_at) over (${window} rows between unbounded preceding and 1 preceding)`;
