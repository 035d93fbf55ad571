import type { Db } from "../../db/client.ts";
import { sql } from "../../db/sql.ts";

/** From here to the end of the transaction no history is written, and no statement is cancelled for taking long. */
export async function keepNoHistory(db: Db): Promise<void> {
  await db.run(sql`select set_config('c360.forgetting', 'on', true), set_config('statement_timeout', '0', true)`);
}
