import type { Db } from "../../db/client.ts";
import { LOCKS } from "../../db/locks.ts";
import { instant, int, row, text } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";
import { CLOSED_MONTHS } from "../../facts/archive.sql.ts";

// Which months are in the archive.

/** A month (UTC), such as 2025-01. */
export interface Month {
  month: string;
  from: Date;
  to: Date;
}

/** The month that begins at an instant, months after another one. */
export function monthFrom(instant: Date, months = 0): Month {
  const begin = (later: number) => {
    const at = new Date(0);
    // Not Date.UTC, which takes the years of one and two digits for those of the last century.
    at.setUTCFullYear(instant.getUTCFullYear(), instant.getUTCMonth() + months + later);
    return at;
  };
  const from = begin(0);
  return { month: from.toISOString().slice(0, 7), from, to: begin(1) };
}

const Filled = row({ from: instant, rows: int });

/** The months before an instant of which there are touchpoints, the oldest first. */
export async function findFilledMonths(db: Db, before: Date): Promise<(Month & { rows: number })[]> {
  const found = await db.rows(
    Filled,
    sql`
      select date_trunc('month', t.occurred_at, 'UTC') as from, count(*)::int as rows
      from touchpoints t
      where t.occurred_at < ${before}::timestamptz
      group by 1
      order by 1
    `,
  );
  return found.map(({ from, rows }) => ({ ...monthFrom(from), rows }));
}

export const findArchivedMonth = ({ orm }: Db, month: string) => orm.archivedMonth.findUnique({ where: { month } });
/** Those that were brought back, too. */
export const listArchivedMonths = ({ orm }: Db) => orm.archivedMonth.findMany({ orderBy: { month: "asc" } });
export type ArchivedMonth = Awaited<ReturnType<typeof listArchivedMonths>>[number];

/** From here on no touchpoint of the month is taken in; those that were on their way are stored. */
export function closeMonth(db: Db, { month, from, to }: Month, at: Date): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(${LOCKS.closing}::bigint)`);
    const closed = { startsAt: from, endsAt: to, closedAt: at, restoredAt: null };
    const again = { ...closed, archivedAt: null, rows: null, sha256: null, staleAt: null };
    const known = await findArchivedMonth(tx, month);
    if (!known) await tx.orm.archivedMonth.create({ data: { month, ...closed } });
    else if (known.restoredAt) await tx.orm.archivedMonth.update({ where: { month }, data: again });
  });
}

/** Enters the file of a month, before its rows go. What became stale since `begunAt` still is. */
export async function enterArchived(
  db: Db,
  { month, rows, sha256, begunAt }: { month: string; rows: number; sha256: string; begunAt: Date },
): Promise<void> {
  await db.run(sql`
    update archived_months
    set archived_at = coalesce(archived_at, clock_timestamp()), rows = ${rows}::int, sha256 = ${sha256},
      stale_at = case when stale_at >= ${begunAt}::timestamptz then stale_at end
    where month = ${month}
  `);
}

/** It is as if the month had never been archived. */
export const enterRestored = ({ orm }: Db, month: string): Promise<ArchivedMonth> =>
  orm.archivedMonth.update({ where: { month }, data: { restoredAt: new Date() } });

const Now = row({ at: instant });

export async function findClock(db: Db): Promise<Date> {
  const [now] = await db.rows(Now, sql`select clock_timestamp() as at`);
  return now!.at;
}

const Name = row({ month: text });

/** The months in the archive that have touchpoints of these batches. */
export async function findMonthsOf(db: Db, batches: readonly string[]): Promise<string[]> {
  const rows = await db.rows(
    Name,
    sql`
      select m.month
      from ${CLOSED_MONTHS}
      where exists (
        select from ingest_keys k
        where k.batch_id = any(${[...batches]}::uuid[]) and k.kind = 'touchpoint'
        and k.occurred_at >= m.starts_at and k.occurred_at < m.ends_at
      )
      order by m.month
    `,
  );
  return rows.map(({ month }) => month);
}
