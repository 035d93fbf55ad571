import type { Db } from "./client.ts";
import { sql } from "./sql.ts";

/** Tells the planner what is in the tables now: by itself it looks a minute later, and guesses until then. */
export async function analyse(db: Db): Promise<void> {
  await db.query(sql`analyze`);
}
