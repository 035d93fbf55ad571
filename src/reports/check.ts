import type { PeriodInput } from "../facts/values.type.ts";
import { AppError } from "../kit/errors.ts";
import { isCurrency } from "../kit/money.ts";
import { DAY_MS } from "../kit/time.ts";
import { isTimeZone } from "../kit/time-zone.ts";
import type { Measure } from "./filter.type.ts";

// What every report refuses, each with a sentence that says what to change.

/** Years of the longest period: longer than any archive, and a sign of a mistyped year. */
const MAX_PERIOD_YEARS = 20;
/** Minutes of the longest session timeout: 92 days, what studies of purchases and calls use. */
const MAX_TIMEOUT_MINUTES = 132_480;
/** Minutes of the longest window between two events: ten years. */
export const MAX_WINDOW_MINUTES = 5_256_000;
/** Rows of the longest list. */
const MAX_FIRST = 1_000;

export function checkPeriod({ from, to }: PeriodInput): void {
  if (from >= to) {
    throw new AppError("BAD_INPUT", "The period ends before it begins: give a `to` later than its `from`.", ["period"]);
  }
  if (to.getTime() - from.getTime() > MAX_PERIOD_YEARS * 366 * DAY_MS) {
    throw new AppError("BAD_INPUT", `Ask for a period of at most ${MAX_PERIOD_YEARS} years.`, ["period"]);
  }
}

export function checkTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return;
  throw new AppError("BAD_INPUT", "Name the `timeZone` as IANA does: UTC, Europe/Stockholm.", ["timeZone"]);
}

export function checkTimeout(sessionTimeoutMinutes: number): void {
  checkBetween("sessionTimeoutMinutes", sessionTimeoutMinutes, { least: 1, most: MAX_TIMEOUT_MINUTES });
}

export function checkFirst(first: number): void {
  checkBetween("first", first, { least: 1, most: MAX_FIRST });
}

export function checkCurrency({ measure, currency }: { measure: Measure; currency?: string | null }): void {
  if (measure === "COUNT") {
    if (currency == null) return;
    throw new AppError("BAD_INPUT", "`currency` has no meaning for COUNT: leave it out, or measure COST or REVENUE.", [
      "currency",
    ]);
  }
  if (currency == null || !isCurrency(currency)) {
    throw new AppError(
      "BAD_INPUT",
      `Name the \`currency\` to add ${measure} up in, by its ISO 4217 code such as EUR.`,
      ["currency"],
    );
  }
}

export function checkBetween(field: string, value: number, { least, most }: { least: number; most: number }): void {
  if (value >= least && value <= most) return;
  throw new AppError("BAD_INPUT", `\`${field}\` is ${value}: give a number from ${least} to ${most}.`, [field]);
}
