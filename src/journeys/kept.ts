import { AppError } from "../kit/errors.ts";
import { DAY_MS } from "../kit/time.ts";
import type { Partition } from "./columns.ts";

/** Sessions that go on for longer than this across the edge of what is kept begin there. */
const MARGIN_MS = DAY_MS;

/** Refuses a question that looks back to an instant of which memory does not hold all any more. */
export function checkKept(since: number, lookingBackTo: number): void {
  if (lookingBackTo >= since + (since === Number.NEGATIVE_INFINITY ? 0 : MARGIN_MS)) return;
  const days = Math.ceil((since + MARGIN_MS - lookingBackTo) / DAY_MS);
  const remedy = Number.isFinite(lookingBackTo)
    ? `this question looks back to ${new Date(lookingBackTo).toISOString()}: let its period begin ${days} ${days === 1 ? "day" : "days"} later`
    : "this question looks back on all that customers did: leave out stages, sequences of customers and paths of customers, and name `lookbackMinutes`";
  throw new AppError(
    "BAD_INPUT",
    `The memory for reports holds what happened from ${new Date(since).toISOString()} on, and ${remedy}, or give C360_REPORTS_MEMORY_MB more.`,
    ["period"],
  );
}

/** Bytes of the columns. */
export const bytesOf = (partitions: readonly Partition[]): number =>
  partitions.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
