import type { ReceiptCounts } from "../../ingest/receipt.ts";
import type { StepSeconds } from "./step-sums.ts";

/** What came of a file, the batches before an interruption included. */
export interface ImportSummary {
  file: string;
  source: string;
  isDryRun: boolean;
  /** Null for a dry run. */
  importId: string | null;
  /** Where an interrupted import went on; 0 from the beginning. */
  resumedAfterLine: number;
  lastLine: number;
  /** Rows that a condition of the mapping left out. */
  skippedRows: number;
  receipts: ReceiptCounts;
  /** Where the rejected rows are; null when there are none. */
  rejects: string | null;
  /** The first of a dry run. */
  firstRejects: readonly RejectLine[];
  notes: readonly string[];
  seconds: number;
  /** What the steps of the way in took: one batch is read while the one before it is stored, so the sum may be more. */
  stepSeconds: StepSeconds;
}

/** One line of the rejects file. */
export interface RejectLine {
  line: number | null;
  reason: string;
  message: string;
  kind: string;
  sourceId: string | null;
  /** The row as it stands in the file. */
  raw: string | null;
}

/** 0: all was taken in or was there already; 2: some was not. Whatever stops an import is thrown, and exits with 1. */
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
