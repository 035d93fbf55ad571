import type { Db } from "./client.ts";
import { sql } from "./sql.ts";

/** Refreshes the planner's statistics: autovacuum would do it a minute later, and the planner guesses until then. */
export async function analyse(db: Db): Promise<void> {
  await db.run(sql`analyze`);
}
