import type { Db } from "./client.ts";
import { sql } from "./sql.ts";

/** Fails when the database does not answer; on connections that no report blocks. */
export async function ping(db: Db): Promise<void> {
  await db.hot("health.ping").run(sql`select 1`);
}
