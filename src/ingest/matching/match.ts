import type { Db } from "../../db/client.ts";
import type { Fact, TouchpointFact } from "../../facts/fact.ts";
import { bareUrl } from "../storing/items.ts";
import { type Brought, findDueCalls, matchCalls, type Since } from "./match.repository.ts";

/** A stored fact and its customer. */
export interface OwnedFact {
  fact: Fact;
  customerId: string;
}

/** Matches the calls of a batch, and stored calls to which its late records may matter, in its transaction. */
export async function meetTheWeb(tx: Db, owned: readonly OwnedFact[]): Promise<void> {
  const events = owned.filter(({ fact }) => fact.kind !== "customer");
  await matchCalls(tx, await findDueCalls(tx, broughtBy(events)));
}

function broughtBy(owned: readonly OwnedFact[]): Brought {
  const customers = new Map<string, Since>();
  const visitors = new Map<string, Since>();
  const visits = new Map<string, Since>();
  const pages = new Map<string, Since>();
  const clicks = new Map<string, Since>();
  for (const { fact, customerId } of owned) {
    widen(customers, customerId, fact.at);
    if (fact.kind !== "touchpoint" || !isOnTheWeb(fact)) continue;
    widen(visits, fact.subject.id, fact.at);
    for (const { id, kind } of [fact.subject, ...fact.others]) if (kind === "CARRIER") widen(visitors, id, fact.at);
    const url = fact.body.url === null ? null : bareUrl(fact.body.url);
    if (url !== null) widen(pages, url, fact.at);
    if (url?.startsWith("tel:")) widen(clicks, url.slice("tel:".length), fact.at);
  }
  const listed = (found: Map<string, Since>) => [...found.values()];
  return {
    customers: listed(customers),
    visitors: listed(visitors),
    visits: listed(visits),
    pages: listed(pages),
    clicks: listed(clicks),
  };
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
