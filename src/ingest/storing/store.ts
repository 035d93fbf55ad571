import type { Db } from "../../db/client.ts";
import type { Fact } from "../../facts/fact.ts";
import type { Owners } from "../../identity/owners.ts";
import { findCustomerRows, insertCustomerRecords } from "./customer-records.repository.ts";
import type { DictionaryPage } from "./dictionary.repository.ts";
import { insertInteractions } from "./interactions.repository.ts";
import { keepStaleBodies, type LedgerEntry, removeRows, renewKeys } from "./ledger.repository.ts";
import type { Compared } from "./ledger.ts";
import { insertTouchpoints } from "./touchpoints.repository.ts";
import { findVisitsOf, growVisits, regrowVisits, remeasureVisits } from "./visits.repository.ts";

export interface StoreContext {
  batchId: string;
  dictionary: DictionaryPage;
  owners: Owners;
}

/** A known record, with the ledger's entry. */
interface Renewal<Kind extends Fact = Fact> {
  fact: Kind;
  entry: LedgerEntry;
}

/** Writes the records that the ledger admits; the bodies they replace are stored already. */
export async function store(db: Db, { accepted, known }: Compared, context: StoreContext): Promise<void> {
  const renewing = (disposition: "SUPERSEDED" | "STALE") => known.filter((one) => one.disposition === disposition);
  await storeSuperseding(db, renewing("SUPERSEDED"), context);
  await storeNew(db, accepted, context);
  await storeStale(db, renewing("STALE"), context.batchId);
}

async function storeNew(db: Db, facts: readonly Fact[], context: StoreContext): Promise<void> {
  const { batchId, owners } = context;
  const owned = <Kind extends Fact>(fact: Kind) => ({ fact, customerId: owners.ownerOf(fact.subject.id, fact.at) });
  const interactions = facts.filter((fact) => fact.kind === "interaction").map(owned);
  const touchpoints = facts.filter((fact) => fact.kind === "touchpoint").map(owned);
  const customers = facts.filter((fact) => fact.kind === "customer").map((fact) => ({ ...owned(fact), stored: null }));
  await Promise.all([
    interactions.length > 0 && insertInteractions(db, interactions, context),
    touchpoints.length > 0 && insertTouchpoints(db, touchpoints, context),
    touchpoints.length > 0 && growVisits(db, touchpoints, batchId),
    customers.length > 0 && insertCustomerRecords(db, customers, batchId),
  ]);
}

/** Replaces rows by newer revisions. */
async function storeSuperseding(db: Db, renewals: readonly Renewal[], context: StoreContext): Promise<void> {
  if (renewals.length === 0) return;
  await renewKeys(
    db,
    renewals.map(({ fact }) => fact),
    context.batchId,
  );
  await renewInteractions(db, renewals.filter(isInteraction), context);
  await renewTouchpoints(db, renewals.filter(isTouchpoint), context);
  await renewCustomers(db, renewals.filter(isCustomer), context);
}

async function renewInteractions(db: Db, renewals: readonly Renewal[], context: StoreContext): Promise<void> {
  const entries = renewals.map(({ entry }) => entry);
  await removeRows(db, "interaction", entries);
  await storeNew(
    db,
    renewals.map(({ fact }) => fact),
    context,
  );
  const left = renewals.filter(({ fact, entry }) => fact.subject.id !== entry.subjectId);
  await regrowVisits(
    db,
    left.map(({ fact, entry }) => ({ ...entry, source: fact.source, sourceId: fact.sourceId })),
  );
}

async function renewTouchpoints(db: Db, renewals: readonly Renewal[], context: StoreContext): Promise<void> {
  const entries = renewals.map(({ entry }) => entry);
  const visits = await findVisitsOf(db, entries);
  await removeRows(db, "touchpoint", entries);
  await storeNew(
    db,
    renewals.map(({ fact }) => fact),
    context,
  );
  await remeasureVisits(db, visits);
}

async function renewCustomers(db: Db, renewals: readonly CustomerRenewal[], context: StoreContext): Promise<void> {
  const entries = renewals.map(({ entry }) => entry);
  const stored = await findCustomerRows(db, entries);
  await removeRows(db, "customer", entries);
  const rows = renewals.map(({ fact }) => ({
    fact,
    customerId: context.owners.ownerOf(fact.subject.id, fact.at),
    stored: stored.get(fact.id) ?? null,
  }));
  await insertCustomerRecords(db, rows, context.batchId);
}

/**
 * Stores records that came too late to be shown. Of a customer record, fields that no newer revision mentions still
 * count.
 */
async function storeStale(db: Db, renewals: readonly Renewal[], batchId: string): Promise<void> {
  if (renewals.length === 0) return;
  await keepStaleBodies(
    db,
    renewals.map(({ fact }) => fact),
    batchId,
  );
  const customers = renewals.filter(isCustomer);
  const entries = customers.map(({ entry }) => entry);
  const stored = await findCustomerRows(db, entries);
  await removeRows(db, "customer", entries);
  const rows = customers.flatMap(({ fact }) => {
    const row = stored.get(fact.id);
    return row ? [{ fact, customerId: String(row.customer_id), stored: row }] : [];
  });
  await insertCustomerRecords(db, rows, batchId);
}

type CustomerRenewal = Renewal<Extract<Fact, { kind: "customer" }>>;

function isCustomer(renewal: Renewal): renewal is CustomerRenewal {
  return renewal.fact.kind === "customer";
}

function isTouchpoint({ fact }: Renewal): boolean {
  return fact.kind === "touchpoint";
}

function isInteraction({ fact }: Renewal): boolean {
  return fact.kind === "interaction";
}
