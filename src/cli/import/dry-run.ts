import type { Db } from "../../db/client.ts";
import type { Fact } from "../../facts/fact.ts";
import type { Rules } from "../../facts/rules.ts";
import { readRecords } from "../../ingest/reading/read.ts";
import type { IncomingRecord, ReceiptCounts } from "../../ingest/receipt.ts";
import { type IngestObserver, startStepClock } from "../../ingest/steps.ts";
import { dispositionOf, type KeptVersion } from "../../ingest/storing/disposition.ts";
import { findEntries } from "../../ingest/storing/ledger.repository.ts";
import type { ImportBatch } from "./batches.ts";
import type { RejectLine } from "./summary.ts";

export interface DryRun {
  receipts: ReceiptCounts;
  rejects: Omit<RejectLine, "raw">[];
}

export interface DryRunRules {
  rules: Rules;
  observer: IngestObserver;
  /** What the batches before this one would have entered into the ledger, by key: 200 bytes each. */
  entered: Map<string, KeptVersion>;
}

/**
 * The receipts that a batch would get: its records are mapped, validated, normalised and compared with the stored ones
 * and those before them in the file. Stitching and erasures show only in a real import.
 */
export async function tryBatch(
  db: Db,
  { records }: ImportBatch,
  { rules, observer, entered }: DryRunRules,
): Promise<DryRun> {
  const outcome: DryRun = { receipts: {}, rejects: [] };
  const clock = startStepClock();
  const { facts, refused, filtered } = await readRecords(records, {
    rules,
    identityKey: NO_KEY,
    now: new Date(),
    clock,
  });
  clock.tell(observer);
  for (const { record, refusal, sourceId } of refused) refuse(outcome, record, { ...refusal, sourceId });
  for (const _ of filtered) count(outcome, "FILTERED");
  const known = await findEntries(
    db,
    facts.map(({ fact }) => fact.id),
  );
  for (const { position, fact } of facts) {
    const entry = entered.get(fact.id) ?? known.get(fact.id);
    const disposition = entry ? dispositionOf(fact, entry) : "ACCEPTED";
    if (disposition === "ACCEPTED" || disposition === "SUPERSEDED") entered.set(fact.id, versionOf(fact));
    if (disposition === "CONFLICT") refuse(outcome, records[position]!, { ...CONFLICT, sourceId: fact.sourceId });
    else count(outcome, disposition);
  }
  return outcome;
}

function versionOf({ revision, bodyHash }: Fact): KeptVersion {
  return { revision, bodyHash };
}

/** No identity is looked up, so any key will do. */
const NO_KEY = new Uint8Array(32);

const CONFLICT = {
  reason: "CONFLICT",
  message: "Another body is stored, or stands earlier in the file, under this source, sourceId and revision.",
};

function count({ receipts }: DryRun, status: keyof ReceiptCounts): void {
  receipts[status] = (receipts[status] ?? 0) + 1;
}

function refuse(
  outcome: DryRun,
  { kind, line }: IncomingRecord,
  why: { reason: string; message: string; sourceId: string | null },
): void {
  count(outcome, why.reason === "CONFLICT" ? "CONFLICT" : "REJECTED");
  const { reason, message, sourceId } = why;
  outcome.rejects.push({ line: line ?? null, reason, message, kind, sourceId });
}
