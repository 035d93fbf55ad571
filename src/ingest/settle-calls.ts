import type { Db } from "../db/client.ts";
import { closeLogged } from "./announce.ts";
import type { PlacedFact } from "./batch.ts";
import { meetTheWeb } from "./match.ts";
import type { Receipt } from "./receipt.ts";

/** What a batch means to calls, in its own transaction: they meet the web, and those that it logs are over. */
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
  await Promise.all([meetTheWeb(tx, stored), closeLogged(tx, ids)]);
}

/** Whose the record is, where it was stored. */
function ownerIn(receipt: Receipt | undefined): string | null {
  const isStored = receipt?.status === "ACCEPTED" || receipt?.status === "SUPERSEDED";
  return isStored ? receipt.customerId : null;
}
