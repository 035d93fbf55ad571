import type { Fact } from "../../facts/fact.ts";
import type { LedgerEntry } from "./ledger.repository.ts";

/** What a record is whose key was stored before. */
export type Disposition = "REPEATED" | "SUPERSEDED" | "STALE" | "CONFLICT";

/** What the ledger remembers of a key. */
export type KeptVersion = Pick<LedgerEntry, "revision" | "bodyHash">;

/**
 * Compares a record with the ledger's entry of its key. A record without a revision is older than one with any. Customer
 * records of one revision are merged, the one with the greater hash as the newer. An event that was stored as it was sent, and of which something is taken out now,
 * replaces itself.
 */
export function dispositionOf(fact: Fact, entry: KeptVersion): Disposition {
  // Infinity minus itself is NaN, so two records without a revision have the same age.
  const age = (fact.revision?.getTime() ?? -Infinity) - (entry.revision?.getTime() ?? -Infinity);
  if (age > 0) return "SUPERSEDED";
  if (age < 0) return "STALE";
  if (fact.bodyHash === entry.bodyHash) return "REPEATED";
  if (fact.kind !== "customer") return fact.sentHash === entry.bodyHash ? "SUPERSEDED" : "CONFLICT";
  return fact.bodyHash > entry.bodyHash ? "SUPERSEDED" : "STALE";
}
