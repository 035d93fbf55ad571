import type { Db } from "../../db/client.ts";
import { AppError } from "../../kit/errors.ts";
import { isTimeZone } from "../../kit/time.ts";
import { checkBetween, checkPeriod } from "../check.ts";
import type { Dimension } from "../filter.type.ts";
import { BucketRow, bucketsSql, contactCentreKpisSql, KpiRow } from "./contact-centre-kpis.sql.ts";
import type { Interval, KpiInput, KpiReportType } from "./contact-centre-kpis.type.ts";
import { figuresOf, NOTHING } from "./figures.ts";
import type { KpiTotals } from "./totals.sql.ts";

/** Dimensions of one question: with more, every row is a single contact. */
const MAX_GROUPS = 5;
/** Rows of one answer. */
const MAX_ROWS = 10_000;
/** Seconds of the longest wait to ask about: a week. */
const MAX_SECONDS = 604_800;
/** Days of the longest repeat window: a year. */
const MAX_DAYS = 366;
/** What only touchpoints have. */
const NOT_OF_LEGS: readonly Dimension[] = ["PAGE", "SECTION", "SEARCH_TERM"];
const HOURS: Readonly<Record<Interval, number>> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 720 };

/** Every key figure of the contact centre, by group and interval. */
export async function readContactCentreKpis(db: Db, input: KpiInput): Promise<KpiReportType> {
  check(input);
  const [totals, buckets] = await Promise.all([
    db.rows(KpiRow, contactCentreKpisSql(input, MAX_ROWS + 1)),
    db.rows(BucketRow, bucketsSql(input)),
  ]);
  if (totals.length > MAX_ROWS) throw tooMany();
  const active = new Map(buckets.map(({ bucket, customers }) => [timeOf(bucket), customers]));
  const rows = input.groupBy.length > 0 ? totals : filled(buckets, totals);
  return { rows: rows.map((row) => figuresOf(row, input, active.get(timeOf(row.bucket)) ?? 0)) };
}

function check({ period, groupBy, interval, timeZone, filter, ...lengths }: KpiInput): void {
  checkPeriod(period);
  checkLists(filter ?? {});
  const { serviceLevelSeconds, shortAbandonSeconds, repeatWindowDays } = lengths;
  checkBetween("serviceLevelSeconds", serviceLevelSeconds, { least: 0, most: MAX_SECONDS });
  checkBetween("shortAbandonSeconds", shortAbandonSeconds, { least: 0, most: MAX_SECONDS });
  checkBetween("repeatWindowDays", repeatWindowDays, { least: 1, most: MAX_DAYS });
  if (groupBy.length > MAX_GROUPS || new Set(groupBy).size < groupBy.length) {
    throw new AppError("BAD_INPUT", `Group by at most ${MAX_GROUPS} dimensions, each once.`, ["groupBy"]);
  }
  const page = groupBy.find((dimension) => NOT_OF_LEGS.includes(dimension));
  if (page) {
    throw new AppError("BAD_INPUT", `A leg of contact has no ${page}: group by another dimension.`, ["groupBy"]);
  }
  if (!isTimeZone(timeZone)) {
    throw new AppError("BAD_INPUT", "Name the `timeZone` as IANA does: UTC, Europe/Stockholm.", ["timeZone"]);
  }
  const hours = (period.to.getTime() - period.from.getTime()) / 3_600_000;
  if (interval != null && hours / HOURS[interval] > MAX_ROWS) throw tooMany();
}

function checkLists(filter: object): void {
  const empty = Object.entries(filter).find(([, value]) => Array.isArray(value) && value.length === 0)?.[0];
  if (!empty) return;
  throw new AppError("BAD_INPUT", `An empty \`${empty}\` matches nothing: leave it out, or name at least one.`, [
    "filter",
    empty,
  ]);
}

function tooMany(): AppError {
  return new AppError(
    "BAD_INPUT",
    `The answer would have more than ${MAX_ROWS} rows: ask for a longer \`interval\`, a shorter \`period\` or fewer groups.`,
    ["interval"],
  );
}

/** A row for every interval, whether or not anything happened in it. */
function filled(buckets: readonly BucketRow[], totals: readonly KpiTotals[]): KpiTotals[] {
  const found = new Map(totals.map((row) => [timeOf(row.bucket), row]));
  return buckets.map(({ bucket }) => found.get(timeOf(bucket)) ?? { ...NOTHING, bucket, groups: [] });
}

function timeOf(bucket: Date | null): number | null {
  return bucket === null ? null : bucket.getTime();
}
