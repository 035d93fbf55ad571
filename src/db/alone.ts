import type { Database } from "./client.ts";
import { LOCKS } from "./locks.ts";

/**
 * Runs `work` while no other process does what this lock is for; null where one does. The lock is a connection's, whatever
 * transactions `work` has.
 */
export async function whileAlone<Answer>(
  { pool }: Database,
  lock: keyof typeof LOCKS,
  work: () => Promise<Answer>,
): Promise<Answer | null> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query("select pg_try_advisory_lock($1) as is_ours", [LOCKS[lock]]);
    if (!rows[0].is_ours) return null;
    return await work().finally(() => client.query("select pg_advisory_unlock($1)", [LOCKS[lock]]));
  } finally {
    client.release();
  }
}
