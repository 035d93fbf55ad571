import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";

/** Samples the tables that records go into, so that statements are planned for what is in them. */
export async function analyseEvents(db: Db): Promise<void> {
  await db.query(
    sql`analyze identities, sightings, assignments, items, ingest_keys, interactions, touchpoints, customer_records, stale_customers`,
  );
}
