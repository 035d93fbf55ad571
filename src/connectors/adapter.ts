import type { DataQualityNote } from "../facts/fact.ts";
import type { RecordKind } from "../facts/record.ts";

/** Turns a sender's messages into records. It is pure: it reads no clock and no database, and never throws. */
export interface Adapter<Raw = unknown> {
  readonly name: string;
  /** The records in one message or row; an empty list when nothing in it is stored. */
  readonly adapt: (raw: Raw) => readonly AdaptedRecord[];
}

/** A record with the contract's field names, not validated yet; with `rejected`, a message that could not become a record. */
export interface AdaptedRecord {
  kind: RecordKind | "call";
  body: Readonly<Record<string, unknown>>;
  /** The start as the sender's id states it: it decides between the two instants of a local time that comes twice. */
  startHint?: Date;
  /** What was cut from the sender's own data. */
  notes?: readonly DataQualityNote[];
  rejected?: { reason: string; stage: string; message: string };
}

/** A record that an adapter made. */
export function accept(kind: AdaptedRecord["kind"], body: AdaptedRecord["body"]): AdaptedRecord {
  return { kind, body };
}

/** A message that could not become a record: it is stored with its reason, and counted. */
export function reject(record: AdaptedRecord, reason: string, message: string): AdaptedRecord {
  return { ...record, rejected: { reason, stage: "adapt", message } };
}
