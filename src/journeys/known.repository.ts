import { row, text } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";

const Told = row({ path: text, at: text });

/** From here on the snapshot shows what was known at an instant: its statements mean the relations of the schema `known`. */
export async function showKnownAt(snapshot: Snapshot, at: Date): Promise<void> {
  await snapshot.rows(
    Told,
    sql`
      select
        set_config('search_path', 'known, ' || current_setting('search_path'), true) as path,
        set_config('c360.known_at', to_timestamp(${at.getTime() / 1000}::float8)::text, true) as at
    `,
  );
}

const LeftOut = row({ whom: text });

/** Whom consent keeps out of reports today, as a text that differs where they do. */
export async function findLeftOut(snapshot: Snapshot): Promise<string> {
  const [found] = await snapshot.rows(
    LeftOut,
    sql`
      select md5(coalesce(string_agg(customer_id::text, ' ' order by customer_id), '')) as whom
      from public.consent_closed
      where use = 'REPORTS'
    `,
  );
  return found!.whom;
}
