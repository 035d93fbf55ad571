import type { Db } from "./client.ts";
import { sql } from "./sql.ts";

/** Fails when the database does not answer. */
export async function ping(db: Db): Promise<void> {
  await db.run(sql`select 1`);
}
