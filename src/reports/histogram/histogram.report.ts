import type { Db } from "../../db/client.ts";
import { AppError } from "../../kit/errors.ts";
import { checkBetween, checkPeriod } from "../check.ts";
import { HistogramRow, histogramSql } from "./histogram.sql.ts";
import type { HistogramInput, HistogramReportType } from "./histogram.type.ts";

/** Buckets that still make a picture. */
const MAX_BUCKETS = 50;
/** The greatest count that a bucket may begin with. */
const MAX_COUNT = 1_000_000;

/** How many customers have each number of events in the period, none included. */
export async function readHistogram(db: Db, input: HistogramInput): Promise<HistogramReportType> {
  check(input);
  const bounds = boundsOf(input);
  const rows = await db.rows(HistogramRow, histogramSql(input, bounds));
  const ofBucket = new Map(rows.map((row) => [row.bucket, row]));
  return {
    buckets: bounds.map((from, i) => {
      const to = bounds[i + 1] === undefined ? null : bounds[i + 1]! - 1;
      return { from, to, label: labelOf(from, to), customers: ofBucket.get(i + 1)?.customers ?? 0 };
    }),
    customers: rows.reduce((sum, row) => sum + row.customers, 0),
    total: rows.reduce((sum, row) => sum + (row.bucket === 0 ? 0 : row.events), 0),
    unidentified: ofBucket.get(0)?.events ?? 0,
  };
}

function check({ period, bounds, start, size, buckets }: HistogramInput): void {
  checkPeriod(period);
  if (bounds != null) {
    checkBounds(bounds);
    return;
  }
  checkBetween("start", start, { least: 0, most: MAX_COUNT });
  checkBetween("size", size, { least: 1, most: MAX_COUNT });
  checkBetween("buckets", buckets, { least: 1, most: MAX_BUCKETS });
}

function checkBounds(bounds: readonly number[]): void {
  if (bounds.length === 0 || bounds.length > MAX_BUCKETS) {
    throw new AppError("BAD_INPUT", `Name 1 to ${MAX_BUCKETS} \`bounds\`, or leave them out.`, ["bounds"]);
  }
  const isRising = bounds.every((bound, i) => bound >= 0 && bound <= MAX_COUNT && (i === 0 || bound > bounds[i - 1]!));
  if (!isRising) {
    throw new AppError("BAD_INPUT", `Let the \`bounds\` rise from 0 or more to ${MAX_COUNT} at most: [1, 2, 3, 6].`, [
      "bounds",
    ]);
  }
}

/** The least count of each bucket. Zero is a bucket of its own unless the first asked for begins there. */
function boundsOf({ bounds, start, size, buckets }: HistogramInput): number[] {
  const asked = bounds ?? Array.from({ length: buckets + 1 }, (_, i) => start + i * size);
  const first = asked[0]!;
  return [...(first > 0 ? [0] : []), ...(first > 1 ? [1] : []), ...asked];
}

function labelOf(from: number, to: number | null): string {
  if (to === null) return `${from}+`;
  return from === to ? `${from}` : `${from}-${to}`;
}
