import type { Db } from "../../db/client.ts";
import type { Fact, TouchpointFact } from "../../facts/fact.ts";
import { bareUrl } from "../storing/items.ts";
import {
  type Brought,
  findCallsAfter,
  findDueCalls,
  findFreshCalls,
  matchCalls,
  type Since,
} from "./match.repository.ts";
import type { CallKey } from "./match.sql.ts";

/** A stored fact and whose it is. */
export interface OwnedFact {
  fact: Fact;
  customerId: string;
}

const NOTHING: Brought = { customers: [], visitors: [], pages: [], clicks: [] };

/** Matches the calls of a batch, and those that what it brought late may mean something to; in its transaction. */
export async function meetTheWeb(tx: Db, owned: readonly OwnedFact[]): Promise<void> {
  const events = owned.filter(({ fact }) => fact.kind !== "customer");
  await matchCalls(tx, await findDueCalls(tx, events.length > 0 ? broughtBy(events) : NOTHING));
}

/** Matches what was loosened: calls whose customer changed. */
export async function matchLoose(tx: Db): Promise<void> {
  await matchCalls(tx, await findDueCalls(tx, NOTHING));
}

/** Seconds that a batch may take to commit after it read what others had committed. */
const COMMITS_WITHIN = 8;

/**
 * Looks at fresh calls once more, and at whatever was left loose; each time at all that came since the last time, however
 * long that took.
 */
export function openSecondLook(database: Db): () => Promise<void> {
  let lastAt = performance.now();
  return async () => {
    const startedAt = performance.now();
    const seconds = (startedAt - lastAt) / 1_000 + COMMITS_WITHIN;
    await database.transaction(matchLoose);
    await database.transaction(async (tx) => void (await matchCalls(tx, await findFreshCalls(tx, seconds))));
    lastAt = startedAt;
  };
}

/** Matches every call anew; answers how many read differently now: none, after an undisturbed life. */
export async function rematchAll(db: Db): Promise<number> {
  let changed = 0;
  let last: CallKey | null = null;
  for (;;) {
    const keys: CallKey[] = await findCallsAfter(db, last);
    if (keys.length === 0) return changed;
    changed += await matchCalls(db, keys);
    last = keys.at(-1)!;
  }
}

/** The same database for whoever decides about customers: what a decision loosens is matched in its transaction. */
export function matchingAfter(database: Db): Db {
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (tx) => {
        const answer = await work(tx);
        await matchLoose(tx);
        return answer;
      }),
  };
}

function broughtBy(owned: readonly OwnedFact[]): Brought {
  const customers = new Map<string, Since>();
  const visitors = new Map<string, Since>();
  const pages = new Map<string, Since>();
  const clicks = new Map<string, Since>();
  for (const { fact, customerId } of owned) {
    widen(customers, customerId, fact.at);
    if (fact.kind !== "touchpoint" || !isOnTheWeb(fact)) continue;
    for (const { id, kind } of [fact.subject, ...fact.others]) if (kind === "CARRIER") widen(visitors, id, fact.at);
    const url = fact.body.url === null ? null : bareUrl(fact.body.url);
    if (url !== null) widen(pages, url, fact.at);
    if (url?.startsWith("tel:")) widen(clicks, url.slice("tel:".length), fact.at);
  }
  const listed = (found: Map<string, Since>) => [...found.values()];
  return { customers: listed(customers), visitors: listed(visitors), pages: listed(pages), clicks: listed(clicks) };
}

function isOnTheWeb({ body }: TouchpointFact): boolean {
  return body.channel === "WEB" || body.channel === "APP";
}

function widen(found: Map<string, Since>, key: string, at: Date): void {
  const known = found.get(key);
  if (!known) found.set(key, { key, from: at, to: at });
  else if (at < known.from) known.from = at;
  else if (at > known.to) known.to = at;
}
