import type { Db } from "../../db/client.ts";
import type { Fact, TouchpointFact } from "../../facts/fact.ts";
import { DAY_MS } from "../../kit/time.ts";
import type { Refusal } from "../receipt.ts";
import { type ClosedMonth, findClosedMonths, keepMonthsOpen } from "./archived.repository.ts";
import { dispositionOf } from "./disposition.ts";
import { findEntries, type LedgerEntry } from "./ledger.repository.ts";

/** A month that can be closed ended before: the newest of them is over for four weeks at least. */
const CLOSES_AFTER_DAYS = 28;

/**
 * The touchpoints that cannot be stored since their month is in the archive: new ones, and those that would replace one in it.
 * What is there already is known by its key, and is no different from other repetitions.
 */
export async function findArchived<Item extends { fact: Fact }>(
  db: Db,
  items: readonly Item[],
  { renews = false }: { renews?: boolean },
): Promise<ReadonlyMap<Item, Refusal>> {
  const touchpoints = items.filter(isTouchpoint);
  if (touchpoints.length === 0) return new Map();
  const closes = Date.now() - CLOSES_AFTER_DAYS * DAY_MS;
  if (touchpoints.some(({ fact }) => fact.at.getTime() < closes)) await keepMonthsOpen(db);
  const months = await findClosedMonths(db);
  if (months.length === 0) return new Map();
  const entries = await findEntries(
    db,
    touchpoints.map(({ fact }) => fact.id),
  );
  const monthOf = (at: Date) => months.find(({ from, to }) => at >= from && at < to);
  const found = new Map<Item, Refusal>();
  for (const item of touchpoints) {
    const { fact } = item;
    const entry = entries.get(fact.id);
    if (entry && !replaces(fact, entry, renews)) continue;
    const month = monthOf(fact.at) ?? (entry && monthOf(entry.occurredAt));
    if (month) found.set(item, archived(month));
  }
  return found;
}

const isTouchpoint = <Item extends { fact: Fact }>(item: Item): item is Item & { fact: TouchpointFact } =>
  item.fact.kind === "touchpoint";

function replaces(fact: Fact, entry: LedgerEntry, renews: boolean): boolean {
  const disposition = dispositionOf(fact, entry);
  return disposition === "SUPERSEDED" || (renews && disposition === "CONFLICT");
}

const archived = ({ month }: ClosedMonth): Refusal => ({
  reason: "ARCHIVED",
  message: `The touchpoints of ${month} are in the archive: have them brought back (\`c360 restore-month <folder> ${month}\`), then send it again.`,
  path: ["occurredAt"],
});
