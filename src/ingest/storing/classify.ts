import type { Fact } from "../../facts/fact.ts";
import type { LedgerEntry } from "./ledger.repository.ts";

/** What a key that was seen before means for a record that carries it. */
export type Standing = "REPEATED" | "SUPERSEDED" | "STALE" | "CONFLICT";

/** Compares a record with what the ledger knows of its key. No revision is older than any. */
export function standingOf(fact: Fact, entry: LedgerEntry): Standing {
  // Infinity minus itself is NaN, which is neither: two records without a revision are of the same age.
  const age = (fact.revision?.getTime() ?? -Infinity) - (entry.revision?.getTime() ?? -Infinity);
  if (age > 0) return "SUPERSEDED";
  if (age < 0) return "STALE";
  return fact.bodyHash === entry.bodyHash ? "REPEATED" : "CONFLICT";
}

/** Facts in waves, so that no two of one wave carry the same key: each wave sees what the one before it stored. */
export function wavesOf<Item extends { fact: Fact }>(items: readonly Item[]): Item[][] {
  const waves: Item[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const wave = seen.get(item.fact.id) ?? 0;
    seen.set(item.fact.id, wave + 1);
    const into = waves[wave];
    if (into) into.push(item);
    else waves.push([item]);
  }
  return waves;
}
