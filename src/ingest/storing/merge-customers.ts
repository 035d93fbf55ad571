import type { Db } from "../../db/client.ts";
import type { CustomerFact, Fact } from "../../facts/fact.ts";
import type { Rules } from "../../facts/rules.ts";
import { findIdentities } from "../../identity/evidence.repository.ts";
import { keyBy } from "../../kit/group.ts";
import { findCustomerRows } from "./customer-records.repository.ts";
import type { Compared, KnownFact } from "./ledger.ts";
import { type MergedCustomer, mergeCustomer, type StoredCustomer } from "./merge-customer.ts";
import { statedIdentitiesIn } from "./stated-identities.ts";

/** Merges each customer record with what is stored of it; from then on it is about whoever the two of them name. */
export async function mergeCustomers(db: Db, compared: Compared, rules: Rules): Promise<Compared> {
  const changing = compared.known.filter(({ fact, disposition }) => isCustomer(fact) && isMerged(disposition));
  const fresh = compared.accepted.filter(isCustomer);
  if (changing.length === 0 && fresh.length === 0) return compared;
  const stored = await findStored(db, changing);
  const customers = new Map<string, MergedCustomer>();
  for (const fact of fresh) customers.set(fact.id, mergeCustomer(fact, { stored: null, isNewest: true, rules }));
  for (const { fact, disposition } of changing) {
    const before = stored.get(fact.id) ?? null;
    const isNewest = before === null || disposition === "SUPERSEDED";
    customers.set(fact.id, mergeCustomer(fact as CustomerFact, { stored: before, isNewest, rules }));
  }
  const merged = (fact: Fact) => customers.get(fact.id)?.fact ?? fact;
  return {
    ...compared,
    accepted: compared.accepted.map(merged),
    known: compared.known.map((one) => ({ ...one, fact: merged(one.fact) })),
    customers,
  };
}

function isCustomer(fact: Fact): fact is CustomerFact {
  return fact.kind === "customer";
}

function isMerged(disposition: KnownFact["disposition"]): boolean {
  return disposition === "SUPERSEDED" || disposition === "STALE";
}

async function findStored(db: Db, known: readonly KnownFact[]): Promise<Map<string, StoredCustomer>> {
  const rows = await findCustomerRows(
    db,
    known.map(({ entry }) => entry),
  );
  const ids = [...rows.values()].flatMap((row) => [...statedIdentitiesIn(row).keys()]);
  const identities = keyBy(await findIdentities(db, [...new Set(ids)]), ({ id }) => id);
  const namedBy = (row: StoredCustomer["row"]) =>
    [...statedIdentitiesIn(row).keys()].flatMap((id) => {
      const identity = identities.get(id);
      return identity ? [{ ...identity, display: null }] : [];
    });
  return new Map([...rows].map(([id, row]) => [id, { row, identities: namedBy(row) }]));
}
