import type { Db } from "../../db/client.ts";
import { LOCKS } from "../../db/locks.ts";
import { instant, type RowOf, row, text } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { CLOSED_MONTHS } from "../../facts/archive.sql.ts";

const ClosedMonth = row({ month: text, from: instant, to: instant });
/** A month of which no touchpoint is taken in. */
export type ClosedMonth = RowOf<typeof ClosedMonth>;

/** The months that are in the archive, or on their way into it. */
export const findClosedMonths = (db: Db): Promise<ClosedMonth[]> =>
  db
    .hot("archive.closed")
    .rows(
      ClosedMonth,
      sql`select m.month, m.starts_at as from, m.ends_at as to from ${CLOSED_MONTHS} order by m.month`,
    );

/** Keeps months open that are, until this transaction ends. */
export async function keepMonthsOpen(db: Db): Promise<void> {
  await db.hot("archive.share").run(sql`select pg_advisory_xact_lock_shared(${LOCKS.closing}::bigint)`);
}
