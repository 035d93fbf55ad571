import type { DataQualityNote } from "../facts/fact.ts";
import type { RecordKind } from "../facts/record.ts";

/** Turns what one sender sends into records: pure, with no clock, no database and no exception. */
export interface Adapter<Raw = unknown> {
  readonly name: string;
  /** The records in one message or row; none where it holds nothing that is kept. */
  readonly adapt: (raw: Raw) => readonly AdaptedRecord[];
}

/** A record in the contract's words, not validated yet; or, with `rejected`, what could not be made into one. */
export interface AdaptedRecord {
  kind: RecordKind | "call";
  body: Readonly<Record<string, unknown>>;
  /** What the sender's id says of when it began: it settles a local time that comes twice. */
  startHint?: Date;
  /** What was not kept of it as it was sent. */
  notes?: readonly DataQualityNote[];
  rejected?: { reason: string; stage: string; message: string };
}

/** A record that the sender's words were made into. */
export function accept(kind: AdaptedRecord["kind"], body: AdaptedRecord["body"]): AdaptedRecord {
  return { kind, body };
}

/** What could not be made into a record: kept with its reason, and counted. */
export function reject(record: AdaptedRecord, reason: string, message: string): AdaptedRecord {
  return { ...record, rejected: { reason, stage: "adapt", message } };
}
