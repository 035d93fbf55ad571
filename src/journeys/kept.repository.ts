import { float, row } from "../db/row.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { sql } from "../db/sql.ts";

/**
 * Bytes that a row takes while it is loaded and afterwards, at most: staged, joined, and in columns as wide as they come.
 * Interactions that are no visits say most.
 */
const BYTES = { touchpoint: 80, visit: 76, leg: 320 };

const Month = row({ month: float, bytes: float });

/** Where the months begin that fit, in milliseconds since 1970: the newest ones, as many as there is room for. */
export async function findKeptSince(snapshot: Snapshot, room: number): Promise<number> {
  const months = await snapshot.rows(
    Month,
    sql`
      select extract(epoch from month)::float8 * 1000 as month, sum(bytes)::float8 as bytes
      from (
        select date_trunc('month', t.occurred_at, 'UTC') as month, count(*) * ${BYTES.touchpoint}::int as bytes
        from touchpoints t
        group by 1
        union all
        select
          date_trunc('month', i.session_start_time, 'UTC'),
          sum(case when i.is_visit then ${BYTES.visit}::int else ${BYTES.leg}::int end)
        from interactions i
        group by 1
      ) m
      group by 1
      order by 1 desc
    `,
  );
  let taken = 0;
  for (const { month, bytes } of months) {
    taken += bytes;
    if (taken > room) return monthAfter(month);
  }
  return Number.NEGATIVE_INFINITY;
}

/** Whether so many rows fit, of whatever kind and month: most stores need not be counted. */
export const allFit = (rows: number, room: number): boolean => rows * BYTES.leg <= room;

function monthAfter(month: number): number {
  const date = new Date(month);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
