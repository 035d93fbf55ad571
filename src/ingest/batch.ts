import type { Db } from "../db/client.ts";
import type { Fact } from "../facts/fact.ts";
import type { Rules } from "../facts/rules.ts";
import { findOwners, type Owners } from "../identity/owners.ts";
import { NeedsLock, stitch } from "../identity/stitch.ts";
import { type Receipt, type Refusal, refusal } from "./receipt.ts";
import { standingOf, wavesOf } from "./storing/classify.ts";
import type { DictionaryPage } from "./storing/dictionary.repository.ts";
import { findErased } from "./storing/erasures.repository.ts";
import { enterKeys, keepEarlierBodies, type LedgerEntry } from "./storing/ledger.repository.ts";
import { type Renewal, storeNew, storeStale, storeSuperseding } from "./storing/store.ts";

/** A fact and the place of its record in what the caller sent. */
export interface PlacedFact {
  position: number;
  fact: Fact;
}

export interface BatchContext {
  batchId: string;
  dictionary: DictionaryPage;
  rules: Rules;
  /** Whether the transaction holds the stitching lock; without it only what cannot move anybody is taken in. */
  isLocked: boolean;
}

/** Takes facts in, inside the caller's transaction. Throws NeedsLock, storing nothing, when they could move somebody. */
export async function takeIn(
  db: Db,
  facts: readonly PlacedFact[],
  context: BatchContext,
): Promise<Map<number, Receipt>> {
  const receipts = new Map<number, Receipt>();
  for (const wave of wavesOf(facts)) {
    const byId = await takeWave(
      db,
      wave.map(({ fact }) => fact),
      context,
    );
    for (const { position, fact } of wave) receipts.set(position, byId.get(fact.id)!);
  }
  return receipts;
}

async function takeWave(db: Db, facts: readonly Fact[], context: BatchContext): Promise<Map<string, Receipt>> {
  const erased = await findErased(db, facts);
  const living = facts.filter((fact) => !erased.has(fact.id));
  const entries = await enterKeys(db, living, context.batchId);
  const accepted = living.filter((fact) => !entries.has(fact.id));
  const known = living.flatMap((fact) => renewalOf(fact, entries.get(fact.id)));
  const superseded = known.filter(({ fact, entry }) => standingOf(fact, entry) === "SUPERSEDED");
  const stale = known.filter(({ fact, entry }) => standingOf(fact, entry) === "STALE");
  if (superseded.length > 0 && !context.isLocked) throw new NeedsLock();

  await keepEarlierBodies(
    db,
    superseded.map(({ entry }) => entry),
  );
  const shown = [...accepted, ...superseded.map(({ fact }) => fact)];
  const owners = await stitch(db, { facts: shown, replaced: superseded.map(({ entry }) => entry) }, context);
  await storeSuperseding(db, superseded, { ...context, owners });
  await storeNew(db, accepted, { ...context, owners });
  await storeStale(db, stale, context.batchId);

  const receipts = new Map<string, Receipt>();
  for (const fact of shown) receipts.set(fact.id, stored("ACCEPTED", fact, owners.ownerOf(fact.subject.id, fact.at)));
  for (const receipt of await receiptsOfKnown(db, known, owners)) receipts.set(receipt.recordId!, receipt);
  for (const id of erased) receipts.set(id, refusal("REJECTED", ERASED, id));
  return receipts;
}

function renewalOf(fact: Fact, entry: LedgerEntry | undefined): Renewal[] {
  return entry ? [{ fact, entry }] : [];
}

async function receiptsOfKnown(db: Db, known: readonly Renewal[], owners: Owners): Promise<Receipt[]> {
  const unmoved = known.filter(({ fact, entry }) => standingOf(fact, entry) !== "SUPERSEDED");
  const earlier = await findOwners(
    db,
    unmoved.map(({ entry }) => entry.subjectId),
  );
  return known.map(({ fact, entry }) => {
    const standing = standingOf(fact, entry);
    if (standing === "CONFLICT") return refusal("CONFLICT", CONFLICT, fact.id);
    if (standing === "SUPERSEDED") return stored(standing, fact, owners.ownerOf(fact.subject.id, fact.at));
    const customerId = earlier.ownerOf(entry.subjectId, entry.occurredAt);
    return { ...stored(standing, fact, customerId), subjectId: entry.subjectId };
  });
}

function stored(status: Receipt["status"], fact: Fact, customerId: string): Receipt {
  return { status, recordId: fact.id, subjectId: fact.subject.id, customerId, reason: null, message: null, path: [] };
}

const CONFLICT: Refusal = {
  reason: "CONFLICT",
  message: "Another body was sent under this source, sourceId and revision: send a newer revision to replace it.",
  path: ["sourceId"],
};

const ERASED: Refusal = {
  reason: "ERASED",
  message: "It carries an identity that was erased, and happened before: it stays forgotten. Leave the record out.",
  path: ["identities"],
};
