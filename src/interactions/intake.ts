import type { Db } from "../db/client.ts";
import type { PeriodInput } from "../facts/values.type.ts";
import { RECEIPT_STATUSES } from "../facts/vocabulary.ts";
import { AppError } from "../kit/errors.ts";
import { groupBy } from "../kit/group.ts";
import { DAY_MS } from "../kit/time.ts";
import { isTimeZone } from "../kit/time-zone.ts";
import { findCommonKeys } from "./busy-keys.repository.ts";
import { findIntake, findWaiting, type IntakeRow } from "./intake.repository.ts";
import type { IntakeType, ReceiptCountType, SourceIntakeType } from "./intake.type.ts";

/** The most days of a period: every record that came in alone is a row of `batches`. */
const MAX_DAYS = 92;

/** The receipts of a period, by source, and the rejections that wait for a correction. */
export async function readIntake(db: Db, period: PeriodInput, timeZone: string): Promise<IntakeType> {
  check(period, timeZone);
  const [rows, waiting, commonKeys] = await Promise.all([
    findIntake(db, { ...period, timeZone }),
    findWaiting(db),
    findCommonKeys(db, period),
  ]);
  const sources = [...groupBy(rows, (row) => row.source)].map(([source, own]) => sourceOf(source, own));
  return { sources: sources.sort((a, b) => b.total - a.total), waiting, commonKeys };
}

function check({ from, to }: PeriodInput, timeZone: string): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0 || days > MAX_DAYS) {
    throw new AppError("BAD_INPUT", `Give a \`to\` after \`from\`, by at most ${MAX_DAYS} days.`, ["period"]);
  }
  if (!isTimeZone(timeZone)) {
    throw new AppError("BAD_INPUT", "Name the `timeZone` as IANA does: UTC, Europe/Stockholm.", ["timeZone"]);
  }
}

function sourceOf(source: string, rows: readonly IntakeRow[]): SourceIntakeType {
  const days = [...groupBy(rows, ({ day }) => day)].map(([day, own]) => ({ day, receipts: receiptsOf(own) }));
  const receipts = receiptsOf(rows);
  return {
    source,
    entryPoints: [...new Set(rows.flatMap(({ entryPoints }) => entryPoints))].sort(),
    total: receipts.reduce((sum, { count }) => sum + count, 0),
    lastReceivedAt: new Date(Math.max(...rows.map(({ lastAt }) => lastAt.getTime()))),
    receipts,
    days,
  };
}

function receiptsOf(rows: readonly IntakeRow[]): ReceiptCountType[] {
  return RECEIPT_STATUSES.flatMap((status) => {
    const count = rows.reduce((sum, row) => sum + (row.status === status ? row.count : 0), 0);
    return count > 0 ? [{ status, count }] : [];
  });
}
