import type { Fact } from "../../facts/fact.ts";
import type { LedgerEntry } from "./ledger.repository.ts";

/** What a key that was stored before means for a record that carries it. */
export type Disposition = "REPEATED" | "SUPERSEDED" | "STALE" | "CONFLICT";

/** Compares a record with what the ledger knows of its key. No revision is older than any. */
export function dispositionOf(fact: Fact, entry: LedgerEntry): Disposition {
  // Infinity minus itself is NaN, which is neither: two records without a revision are of the same age.
  const age = (fact.revision?.getTime() ?? -Infinity) - (entry.revision?.getTime() ?? -Infinity);
  if (age > 0) return "SUPERSEDED";
  if (age < 0) return "STALE";
  return fact.bodyHash === entry.bodyHash ? "REPEATED" : "CONFLICT";
}
