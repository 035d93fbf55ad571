import type { Db } from "../../db/client.ts";
import type { Fact } from "../../facts/fact.ts";
import type { Rules } from "../../facts/rules.ts";
import { openNaming } from "../../ingest/reading/naming.ts";
import { prepare } from "../../ingest/reading/prepare.ts";
import type { IncomingRecord, ReceiptCounts } from "../../ingest/receipt.ts";
import { standingOf } from "../../ingest/storing/classify.ts";
import type { ImportBatch } from "./batches.ts";
import { findEntries } from "./dry-run.repository.ts";
import type { RejectLine } from "./summary.ts";

export interface DryRun {
  receipts: ReceiptCounts;
  rejects: Omit<RejectLine, "raw">[];
}

/**
 * The receipts that a batch would get: everything is mapped, validated, normalised and compared with what is stored.
 * What stitching or an erasure would say, and a key that the same file carries twice, shows only in earnest.
 */
export async function tryBatch(db: Db, { records }: ImportBatch, rules: Rules): Promise<DryRun> {
  const outcome: DryRun = { receipts: {}, rejects: [] };
  const facts: { record: IncomingRecord; fact: Fact }[] = [];
  const naming = openNaming(rules, NO_KEY);
  for (const record of records) {
    const prepared = prepare(record, naming);
    if ("fact" in prepared) facts.push({ record, fact: prepared.fact });
    else if ("filtered" in prepared) count(outcome, "FILTERED");
    else refuse(outcome, record, { ...prepared.refusal, sourceId: prepared.sourceId });
  }
  const known = await findEntries(
    db,
    facts.map(({ fact }) => fact.id),
  );
  for (const { record, fact } of facts) {
    const entry = known.get(fact.id);
    const standing = entry ? standingOf(fact, entry) : "ACCEPTED";
    if (standing === "CONFLICT") refuse(outcome, record, { ...CONFLICT, sourceId: fact.sourceId });
    else count(outcome, standing);
  }
  return outcome;
}

/** The ids of identities are looked up nowhere, so any key does. */
const NO_KEY = new Uint8Array(32);

const CONFLICT = {
  reason: "CONFLICT",
  message: "Another body is stored under this source, sourceId and revision.",
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
