import type { Db } from "../db/client.ts";
import { closeLogged } from "./announce.ts";
import type { PlacedFact } from "./batch.ts";
import type { Receipt } from "./receipt.ts";

/** What a batch means to calls: those that it logs are over. In the batch's own transaction. */
export async function settleCalls(
  tx: Db,
  facts: readonly PlacedFact[],
  receipts: ReadonlyMap<number, Receipt>,
): Promise<void> {
  const stored = facts.filter(({ position }) => isStored(receipts.get(position)));
  const calls = stored.filter(({ fact }) => fact.kind === "interaction" && fact.body.channelType === "VOICE");
  await closeLogged(
    tx,
    calls.map(({ fact }) => fact.id),
  );
}

function isStored(receipt: Receipt | undefined): boolean {
  return receipt?.status === "ACCEPTED" || receipt?.status === "SUPERSEDED";
}
