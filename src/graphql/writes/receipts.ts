import type { ReceiptStatus } from "../../facts/vocabulary.ts";
import type { RecordWriter } from "../../facts/writer.ts";
import { type IncomingRecord, isForbidden, RECORDS_PER_TRANSACTION, type Receipt } from "../../ingest/receipt.ts";
import type { UserError } from "../../kit/errors.ts";
import { LongNumber } from "../../kit/json.ts";
import { Unread } from "../../kit/scalars.ts";

/** A mutation's answer about one record; the record is read only when it is selected. */
export interface Written {
  status: ReceiptStatus;
  recordId: string | null;
  customerId: string | null;
  userErrors: UserError[];
}

/** A mutation's answer about a list: a list that is too long is refused as a whole. */
export interface WrittenList {
  receipts: Written[];
  userErrors: UserError[];
}

/** A receipt in the contract's words; `at` is the record's place in the arguments. */
export function writtenOf(
  { status, recordId, customerId, reason, message, path }: Receipt,
  at: readonly string[],
): Written {
  const isRefused = status === "REJECTED" || status === "CONFLICT";
  const code: UserError["code"] | null = isForbidden({ reason }) ? "FORBIDDEN" : isRefused ? status : null;
  const userErrors = code ? [{ code, message: message ?? "", path: [...at, ...path] }] : [];
  return { status, recordId, customerId, userErrors };
}

export function writtenListOf(receipts: readonly Receipt[]): WrittenList {
  const written = receipts.map((receipt, position) => writtenOf(receipt, ["inputs", String(position)]));
  return { receipts: written, userErrors: written.flatMap(({ userErrors }) => userErrors) };
}

/** The refusal of a list that is too long for one mutation; /v1 takes more, as NDJSON. Null for any other. */
export function refusalOf(inputs: readonly unknown[]): WrittenList | null {
  if (inputs.length <= RECORDS_PER_TRANSACTION) return null;
  const message = `At most ${RECORDS_PER_TRANSACTION} records at once: send them in several, or through /v1.`;
  return { receipts: [], userErrors: [{ path: ["inputs"], code: "BAD_INPUT", message }] };
}

/**
 * The input as it was sent. An input class has every field, so "not sent" must be told from "sent as null" again: a
 * customer record distinguishes them.
 */
export function recordOf(kind: IncomingRecord["kind"], input: object, writer: RecordWriter): IncomingRecord {
  return { kind, body: plain(input), writer };
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Unread) return value.given;
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof LongNumber) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, plain(member)]),
  );
}
