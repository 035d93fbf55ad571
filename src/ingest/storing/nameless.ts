import type { Db } from "../../db/client.ts";
import type { CustomerFact, Fact } from "../../facts/fact.ts";
import { findEntries } from "./ledger.repository.ts";

/**
 * The customer records among these that name nobody, nor did an earlier one of the same key. Of a customer who is known a
 * record may leave the identities out.
 */
export async function findNameless<Item extends { fact: Fact }>(
  db: Db,
  items: readonly Item[],
): Promise<ReadonlyMap<Item, NonNullable<CustomerFact["nameless"]>>> {
  const ids = items.flatMap(({ fact }) => (namelessIn(fact) ? [fact.id] : []));
  if (ids.length === 0) return new Map();
  const known = new Set((await findEntries(db, ids)).keys());
  const found = new Map<Item, NonNullable<CustomerFact["nameless"]>>();
  for (const item of items) {
    const nameless = namelessIn(item.fact);
    if (nameless && !known.has(item.fact.id)) found.set(item, nameless);
    else known.add(item.fact.id);
  }
  return found;
}

function namelessIn(fact: Fact): CustomerFact["nameless"] {
  return fact.kind === "customer" ? fact.nameless : null;
}
