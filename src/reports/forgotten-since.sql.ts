import { Count } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";

/** How many customers were forgotten after an instant, of those who were known at it: an answer as of then is without them. */
export async function countForgottenSince(snapshot: Snapshot, knownAt: Date): Promise<number> {
  const [forgotten] = await snapshot.rows(
    Count,
    sql`
      select count(*) as count
      from forgettings
      where at > ${knownAt}::timestamptz and (held_since is null or held_since <= ${knownAt}::timestamptz)
    `,
  );
  return forgotten!.count;
}
