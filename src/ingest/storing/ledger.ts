import type { Db } from "../../db/client.ts";
import type { Fact } from "../../facts/fact.ts";
import { findOwners, type Owners } from "../../identity/owners.ts";
import { type Receipt, type Refusal, refusal } from "../receipt.ts";
import { type Disposition, dispositionOf } from "./disposition.ts";
import { findErased } from "./erasures.repository.ts";
import { bodyKey, enterKeys, findKeptBodies, type LedgerEntry } from "./ledger.repository.ts";
import type { MergedCustomer } from "./merge-customer.ts";

/** A record whose key is known, with the ledger's entry. */
export interface KnownFact {
  fact: Fact;
  entry: LedgerEntry;
  disposition: Disposition;
}

/** A sub-batch, compared with the ledger. */
export interface Compared {
  accepted: readonly Fact[];
  known: readonly KnownFact[];
  /** The ids of records that were erased, or have an erased identity. */
  erased: ReadonlySet<string>;
  /** The customer records that are new or change, merged, by record id. */
  customers: ReadonlyMap<string, MergedCustomer>;
}

/** Splits facts into sub-batches that contain no key twice, so that each sees what the one before it stored. */
export function subBatchesOf<Item extends { fact: Fact }>(items: readonly Item[]): Item[][] {
  const subBatches: Item[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const number = seen.get(item.fact.id) ?? 0;
    seen.set(item.fact.id, number + 1);
    const into = subBatches[number];
    if (into) into.push(item);
    else subBatches.push([item]);
  }
  return subBatches;
}

/** Inserts the new keys and compares the other records with the ledger. */
export async function compare(
  db: Db,
  facts: readonly Fact[],
  { batchId, renews, identityKey }: { batchId: string; renews: boolean; identityKey: Uint8Array },
): Promise<Compared> {
  const erased = await findErased(db, facts, identityKey);
  const living = facts.filter(({ id }) => !erased.has(id));
  const entries = await enterKeys(db, living, batchId);
  const compared = living.flatMap((fact): KnownFact[] => {
    const entry = entries.get(fact.id);
    if (!entry) return [];
    const disposition = dispositionOf(fact, entry);
    return [{ fact, entry, disposition: renews && disposition === "CONFLICT" ? "SUPERSEDED" : disposition }];
  });
  const known = await withRepeats(db, compared);
  return { accepted: living.filter(({ id }) => !entries.has(id)), known, erased, customers: new Map() };
}

/** A customer record may have been merged already, though a later one is shown. */
async function withRepeats(db: Db, known: readonly KnownFact[]): Promise<readonly KnownFact[]> {
  const late = known.filter(({ fact, disposition }) => fact.kind === "customer" && disposition === "STALE");
  const kept = await findKeptBodies(
    db,
    late.map(({ fact }) => fact),
  );
  if (kept.size === 0) return known;
  const isKept = ({ fact }: KnownFact) => kept.has(bodyKey({ id: fact.id, hash: fact.bodyHash }));
  return known.map((one) => (isKept(one) ? { ...one, disposition: "REPEATED" } : one));
}

/** The receipts by record id; `owners` knows the customers of the stored records. */
export async function receiptsOf(db: Db, compared: Compared, owners: Owners): Promise<ReceiptsById> {
  const { accepted, known, erased, customers } = compared;
  const isWritten = ({ fact, disposition }: KnownFact) => disposition === "SUPERSEDED" || customers.has(fact.id);
  const earlier = await findOwners(
    db,
    known.filter((one) => !isWritten(one)).map(({ entry }) => entry.subjectId),
  );
  const receipts = new Map<string, Receipt>();
  for (const fact of accepted) receipts.set(fact.id, written("ACCEPTED", fact, owners));
  for (const one of known) {
    receipts.set(one.fact.id, isWritten(one) ? written(one.disposition, one.fact, owners) : unwritten(one, earlier));
  }
  for (const id of erased) receipts.set(id, refusal("REJECTED", ERASED, id));
  return receipts;
}

export type ReceiptsById = ReadonlyMap<string, Receipt>;

function written(status: "ACCEPTED" | Disposition, { id, subject, at }: Fact, owners: Owners): Receipt {
  const customerId = owners.ownerOf(subject.id, at);
  return { status, recordId: id, subjectId: subject.id, customerId, reason: null, message: null, path: [] };
}

function unwritten({ fact, entry, disposition }: KnownFact, owners: Owners): Receipt {
  if (disposition === "CONFLICT") return refusal("CONFLICT", CONFLICT, fact.id);
  const { subjectId, occurredAt } = entry;
  const customerId = owners.ownerOf(subjectId, occurredAt);
  return { status: disposition, recordId: fact.id, subjectId, customerId, reason: null, message: null, path: [] };
}

const CONFLICT: Refusal = {
  reason: "CONFLICT",
  message: "Another body was sent under this source, sourceId and revision: send a newer revision to replace it.",
  path: ["sourceId"],
};

const ERASED: Refusal = {
  reason: "ERASED",
  message:
    "It was erased, or carries an identity that was, and happened before: it stays forgotten. Leave the record out.",
  path: ["identities"],
};
