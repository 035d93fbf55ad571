import type { Db } from "../../db/client.ts";
import type { Fact } from "../../facts/fact.ts";
import { bareUrl } from "../storing/items.ts";
import { findEarlierMoments } from "./earlier-moments.repository.ts";
import { type Brought, findDueCalls, matchCalls, type Since } from "./match.repository.ts";

/** A stored fact and its customer. */
export interface OwnedFact {
  fact: Fact;
  customerId: string;
  /** Whether an earlier version of it was stored. */
  isRenewed: boolean;
}

/** What an event says of whom calls came from, where it stands or where it stood. */
export interface Happening {
  at: Date;
  customerId: string;
  /** Null of what did not happen on the web. */
  web: { subjectId: string; visitors: readonly string[]; url: string | null } | null;
}

/** Matches the calls of a batch, and stored calls to which its records may matter, in its transaction. */
export async function meetTheWeb(tx: Db, owned: readonly OwnedFact[]): Promise<void> {
  const events = owned.filter(({ fact }) => fact.kind !== "customer");
  const renewed = events.flatMap(({ fact, isRenewed }) => (isRenewed ? [fact.id] : []));
  const earlier = await findEarlierMoments(tx, renewed);
  await matchCalls(tx, await findDueCalls(tx, broughtBy([...events.map(momentOf), ...earlier])));
}

function momentOf({ fact, customerId }: OwnedFact): Happening {
  const { at, subject, others } = fact;
  const isOnTheWeb = fact.kind === "touchpoint" && (fact.body.channel === "WEB" || fact.body.channel === "APP");
  if (!isOnTheWeb) return { at, customerId, web: null };
  const visitors = [subject, ...others].flatMap(({ id, kind }) => (kind === "CARRIER" ? [id] : []));
  const url = fact.body.url === null ? null : bareUrl(fact.body.url);
  return { at, customerId, web: { subjectId: subject.id, visitors, url } };
}

function broughtBy(moments: readonly Happening[]): Brought {
  const customers = new Map<string, Since>();
  const visitors = new Map<string, Since>();
  const visits = new Map<string, Since>();
  const pages = new Map<string, Since>();
  const clicks = new Map<string, Since>();
  for (const { at, customerId, web } of moments) {
    widen(customers, customerId, at);
    if (!web) continue;
    widen(visits, web.subjectId, at);
    for (const id of web.visitors) widen(visitors, id, at);
    if (web.url === null) continue;
    widen(pages, web.url, at);
    if (web.url.startsWith("tel:")) widen(clicks, web.url.slice("tel:".length), at);
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

function widen(found: Map<string, Since>, key: string, at: Date): void {
  const known = found.get(key);
  if (!known) found.set(key, { key, from: at, to: at });
  else if (at < known.from) known.from = at;
  else if (at > known.to) known.to = at;
}
