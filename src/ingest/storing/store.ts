import type { Db } from "../../db/client.ts";
import type { CustomerFact, Fact } from "../../facts/fact.ts";
import type { Rules } from "../../facts/rules.ts";
import type { Owners } from "../../identity/owners.ts";
import { type Loosened, loosen } from "./contacts.ts";
import { insertCustomerRecords } from "./customer-records.repository.ts";
import type { DictionaryPage } from "./dictionary.repository.ts";
import { insertInteractions } from "./interactions.repository.ts";
import { keepStaleBodies, type LedgerEntry, moveKeys, removeRows, renewKeys } from "./ledger.repository.ts";
import type { Compared } from "./ledger.ts";
import { dissolveVisits, placeTouchpoints, replaceTouchpoints } from "./place-visits.ts";
import { keepStatements } from "./statements.repository.ts";
import { insertTouchpoints, type OwnedTouchpoint } from "./touchpoints.repository.ts";
import { findVisitsOf, regrowVisits, remeasureVisits } from "./visits.repository.ts";

export interface StoreContext {
  batchId: string;
  dictionary: DictionaryPage;
  /** Takes what contacts may have changed by, the stored records' own keys aside. */
  loosened: Loosened;
  owners: Owners;
  rules: Rules;
}

/** The same, with the customer records of the sub-batch. */
interface StoringContext extends StoreContext {
  customers: Compared["customers"];
}

/** A known record, with the ledger's entry. */
interface Renewal<Kind extends Fact = Fact> {
  fact: Kind;
  entry: LedgerEntry;
}

/** Writes the records that the ledger admits; the bodies they replace are stored already. */
export async function store(db: Db, { accepted, known, customers }: Compared, given: StoreContext): Promise<void> {
  const context = { ...given, customers };
  const renewing = (disposition: "SUPERSEDED" | "STALE") => known.filter((one) => one.disposition === disposition);
  await storeSuperseding(db, renewing("SUPERSEDED"), context);
  await storeNew(db, accepted, context);
  await storeStale(db, renewing("STALE"), context);
}

async function storeNew(db: Db, facts: readonly Fact[], context: StoringContext): Promise<void> {
  const { owners } = context;
  const owned = <Kind extends Fact>(fact: Kind) => ({ fact, customerId: owners.ownerOf(fact.subject.id, fact.at) });
  const interactions = facts.filter((fact) => fact.kind === "interaction").map(owned);
  const touchpoints = facts.filter((fact) => fact.kind === "touchpoint").map(owned);
  const customers = facts.filter((fact) => fact.kind === "customer");
  await Promise.all([
    interactions.length > 0 && insertInteractions(db, interactions, context),
    touchpoints.length > 0 && storeTouchpoints(db, touchpoints, context),
    customers.length > 0 && writeCustomers(db, customers, context),
  ]);
}

async function storeTouchpoints(
  db: Db,
  touchpoints: readonly OwnedTouchpoint[],
  context: StoringContext,
): Promise<void> {
  const visits = await placeTouchpoints(db, touchpoints, context);
  await insertTouchpoints(db, touchpoints, { ...context, visits });
}

/** Replaces rows by newer revisions. */
async function storeSuperseding(db: Db, renewals: readonly Renewal[], context: StoringContext): Promise<void> {
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

async function renewInteractions(db: Db, renewals: readonly Renewal[], context: StoringContext): Promise<void> {
  const entries = renewals.map(({ entry }) => entry);
  loosen(context.loosened, await removeRows(db, "interaction", entries));
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
  for (const { entry } of left) context.loosened.rows.push(entry);
}

async function renewTouchpoints(db: Db, renewals: readonly Renewal[], context: StoringContext): Promise<void> {
  const entries = renewals.map(({ entry }) => entry);
  const visits = await findVisitsOf(db, entries);
  await removeRows(db, "touchpoint", entries);
  const left = await dissolveVisits(db, visits, context);
  await storeNew(
    db,
    renewals.map(({ fact }) => fact),
    context,
  );
  await replaceTouchpoints(db, left, context);
  loosen(context.loosened, await remeasureVisits(db, visits));
  for (const visit of visits) context.loosened.rows.push(visit);
}

async function renewCustomers(db: Db, renewals: readonly CustomerRenewal[], context: StoringContext): Promise<void> {
  await removeRows(
    db,
    "customer",
    renewals.map(({ entry }) => entry),
  );
  await writeCustomers(
    db,
    renewals.map(({ fact }) => fact),
    context,
  );
}

/** Writes merged customer records, and what each said by itself. One that a late statement changed stays with the batch of its newest. */
async function writeCustomers(db: Db, facts: readonly CustomerFact[], context: StoringContext): Promise<void> {
  const { customers, owners, batchId } = context;
  await keepStatements(db, facts, batchId);
  const rows = facts.map(({ id, subject, at }) => {
    const { row, isNewest } = customers.get(id)!;
    const brought = isNewest ? { batch_id: batchId } : {};
    return { ...row, ...brought, customer_id: owners.ownerOf(subject.id, at) };
  });
  await insertCustomerRecords(db, rows);
}

/** Keeps records that came too late to be shown. Of a customer record, what no newer one mentions still counts. */
async function storeStale(db: Db, renewals: readonly Renewal[], context: StoringContext): Promise<void> {
  if (renewals.length === 0) return;
  const customers = renewals.filter(isCustomer);
  await keepStaleBodies(
    db,
    renewals.filter((one) => !isCustomer(one)).map(({ fact }) => fact),
    context.batchId,
  );
  await moveKeys(
    db,
    customers.map(({ fact }) => fact),
  );
  await renewCustomers(db, customers, context);
}

type CustomerRenewal = Renewal<CustomerFact>;

function isCustomer(renewal: Renewal): renewal is CustomerRenewal {
  return renewal.fact.kind === "customer";
}

function isTouchpoint({ fact }: Renewal): boolean {
  return fact.kind === "touchpoint";
}

function isInteraction({ fact }: Renewal): boolean {
  return fact.kind === "interaction";
}
