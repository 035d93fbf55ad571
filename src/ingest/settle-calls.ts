import type { Db } from "../db/client.ts";
import { customersOf, markStale } from "../identity/stale.repository.ts";
import type { PlacedFact } from "./batch.ts";
import { meetTheWeb } from "./matching/match.ts";
import type { Receipt } from "./receipt.ts";
import { closeLogged } from "./ringing/announce.ts";

/**
 * What a batch means to what hangs on events, in its own transaction: calls meet the web, those that it logs are over, and
 * what was counted of its customers no longer stands.
 */
export async function settleCalls(
  tx: Db,
  facts: readonly PlacedFact[],
  receipts: ReadonlyMap<number, Receipt>,
): Promise<void> {
  const stored = facts.flatMap(({ fact, position }) => {
    const customerId = ownerIn(receipts.get(position));
    return customerId === null ? [] : [{ fact, customerId }];
  });
  if (stored.length === 0) return;
  const calls = stored.filter(({ fact }) => fact.kind === "interaction" && fact.body.channelType === "VOICE");
  const ids = calls.map(({ fact }) => fact.id);
  const customers = customersOf(stored.map(({ customerId }) => customerId));
  await Promise.all([meetTheWeb(tx, stored), closeLogged(tx, ids), markStale(tx, customers, "batch")]);
}

/** Whose the record is, where it was stored. */
function ownerIn(receipt: Receipt | undefined): string | null {
  const isStored = receipt?.status === "ACCEPTED" || receipt?.status === "SUPERSEDED";
  return isStored ? receipt.customerId : null;
}
