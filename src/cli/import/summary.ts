import type { ReceiptCounts } from "../../ingest/receipt.ts";
import type { StepSeconds } from "./step-sums.ts";

/** The result of an import, batches before an interruption included. */
export interface ImportSummary {
  file: string;
  source: string;
  isDryRun: boolean;
  /** Null for a dry run. */
  importId: string | null;
  /** The line after which an interrupted import continued; 0 for the beginning. */
  resumedAfterLine: number;
  lastLine: number;
  /** Rows that a condition of the mapping excluded. */
  skippedRows: number;
  receipts: ReceiptCounts;
  /** Where the rejected rows are; null when there are none. */
  rejects: string | null;
  /** The first rejects of a dry run. */
  firstRejects: readonly RejectLine[];
  notes: readonly string[];
  seconds: number;
  /** Seconds of each step. A batch is read while the one before is stored, so the sum may exceed `seconds`. */
  stepSeconds: StepSeconds;
}

/** One line of the rejects file. */
export interface RejectLine {
  line: number | null;
  reason: string;
  message: string;
  kind: string;
  sourceId: string | null;
  /** The row of the file. */
  raw: string | null;
}

/** 0: every record is stored; 2: some are not. An error that stops an import is thrown, and exits with 1. */
export function exitCodeOf({ receipts }: ImportSummary): 0 | 2 {
  return receipts.REJECTED || receipts.CONFLICT ? 2 : 0;
}

/** Adds counts of receipts. */
export function addCounts(a: ReceiptCounts, b: ReceiptCounts): ReceiptCounts {
  const sum: ReceiptCounts = { ...a };
  for (const [status, count] of Object.entries(b) as [keyof ReceiptCounts, number][]) {
    sum[status] = (sum[status] ?? 0) + count;
  }
  return sum;
}
