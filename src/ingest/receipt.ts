import type { DataQualityNote } from "../facts/fact.ts";
import type { ReceiptStatus } from "../facts/vocabulary.ts";
import { type RecordWriter } from "../facts/writer.ts";

/** The most records of one transaction, which holds the lock for well under a second. */
export const RECORDS_PER_TRANSACTION = 500;

/** A record as an entry point hands it in. `rejected` is set where decoding or mapping already failed: kept and counted. */
export interface IncomingRecord {
  kind: "interaction" | "call" | "touchpoint" | "customer";
  body: unknown;
  /** Whose key it came with; none where the sender is known otherwise. */
  writer?: RecordWriter;
  /** What the sender's id says of when it began: it settles a local time that comes twice. */
  startHint?: Date;
  /** What was not kept of it as it was sent. */
  notes?: readonly DataQualityNote[];
  /** Line in the file, where there is one. */
  line?: number;
  rejected?: { reason: string; stage: string; message: string };
}

/** What happened to one record (kernel §5). */
export interface Receipt {
  status: ReceiptStatus;
  recordId: string | null;
  subjectId: string | null;
  customerId: string | null;
  /** Of CONFLICT and REJECTED: a constant to branch on, a sentence that names the remedy, and where in the record. */
  reason: string | null;
  message: string | null;
  path: string[];
}

export function refusal(status: "REJECTED" | "CONFLICT", why: Refusal, recordId: string | null = null): Receipt {
  return { status, recordId, subjectId: null, customerId: null, ...why };
}

export const FILTERED: Receipt = {
  status: "FILTERED",
  recordId: null,
  subjectId: null,
  customerId: null,
  reason: "FILTERED",
  message: "The settings of its source leave out records of this kind.",
  path: [],
};

export interface Refusal {
  reason: string;
  message: string;
  path: string[];
}

const FORBIDDEN = "FORBIDDEN";

/** The refusal of what the writer's key does not allow. */
export function forbidden(message: string, path: string[]): Refusal {
  return { reason: FORBIDDEN, message, path };
}

/** Whether the key, and not the record, is why it was refused. */
export function isForbidden({ reason }: Pick<Receipt, "reason">): boolean {
  return reason === FORBIDDEN;
}

/** How many of each status: what batches, imports and metrics keep. */
export type ReceiptCounts = Partial<Record<ReceiptStatus, number>>;

export function countReceipts(receipts: readonly Receipt[]): ReceiptCounts {
  const counts: ReceiptCounts = {};
  for (const { status } of receipts) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The same for each source: `sources` names the one of each receipt. */
export function countBySource(
  receipts: readonly Receipt[],
  sources: readonly string[],
): ReadonlyMap<string, ReceiptCounts> {
  const bySource = new Map<string, ReceiptCounts>();
  for (const [position, { status }] of receipts.entries()) {
    const source = sources[position]!;
    const counts = bySource.get(source) ?? {};
    counts[status] = (counts[status] ?? 0) + 1;
    bySource.set(source, counts);
  }
  return bySource;
}
