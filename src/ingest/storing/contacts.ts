import type { Db } from "../../db/client.ts";
import { type Keyed, searchesOf } from "../../facts/contact-search.ts";
import { keysOf } from "../../facts/contacts.ts";
import type { Fact, TouchpointFact } from "../../facts/fact.ts";
import {
  findConstantKeys,
  findKeyed,
  findTied,
  findTiedAfter,
  lockKeys,
  saveContacts,
  type TiedRow,
} from "./contacts.repository.ts";

/** What contacts may have changed by, but for legs that are stored. */
export interface Loosened {
  /** What rows were tied by that are gone, or may have other keys now. */
  keys: string[];
  ids: string[];
  /** Visits that grew, and rows that are made or measured anew. */
  rows: { subjectId: string; id: string }[];
}

export const nothingLoosened = (): Loosened => ({ keys: [], ids: [], rows: [] });

/** Adds rows that are gone, or may have other keys now. */
export function loosen(all: Loosened, ties: readonly Pick<Keyed, "id" | "keys">[]): void {
  for (const { id, keys } of ties) {
    all.ids.push(id);
    for (const key of keys) all.keys.push(key);
  }
}

/** The legs that were stored. */
function keyedLegsOf(facts: readonly Fact[]): Keyed[] {
  return facts
    .filter((fact) => fact.kind === "interaction")
    .map((fact) => ({ subjectId: fact.subject.id, id: fact.id, keys: keysOfFact(fact) }));
}

function keysOfVisit({
  source,
  body: { channel: channelType, sessionId, universalSessionId },
}: TouchpointFact): string[] {
  // Nothing else ties a visit on the web, of which there are many.
  if (universalSessionId === null && (channelType === "WEB" || channelType === "APP")) return [];
  return keysOf({ source, sourceId: null, channelType, sessionId, universalSessionId });
}

/** The keys of a record as it is stored: those of a leg, or of the visit of a touchpoint. */
export function keysOfFact(fact: Fact): string[] {
  switch (fact.kind) {
    case "interaction":
      return keysOf({ ...fact.body, source: fact.source, sourceId: fact.sourceId });
    case "touchpoint":
      return keysOfVisit(fact);
    case "customer":
      return [];
  }
}

/**
 * Finds again which interactions are of one contact, as far as these changes reach, and stores what differs; answers how
 * many rows that were. Whoever ties the same keys waits until this transaction ends.
 */
export async function tieContacts(tx: Db, loosened: Loosened, stored: readonly Fact[] = []): Promise<number> {
  const rows = [...keyedLegsOf(stored), ...(await findKeyed(tx, loosened.rows))];
  let changed = 0;
  for (const search of searchesOf<TiedRow>({ ...loosened, rows })) {
    for (let question = search.next(); question; question = search.next()) {
      const [constants] = await Promise.all([findConstantKeys(tx, question.keys), lockKeys(tx, question.keys)]);
      const asked = search.without(question, constants);
      search.take(asked, await findTied(tx, asked));
    }
    const found = search.found().filter(({ row, contact, isCrowded }) => {
      const isSame = row.contactId === (contact?.id ?? null) && row.sharesCall === (contact?.sharesCalls ?? false);
      return !isSame || row.isCrowded !== isCrowded;
    });
    await saveContacts(tx, found);
    changed += found.length;
  }
  return changed;
}

/** Ties every interaction again; answers how many stood wrong. */
export async function tieAllContacts(tx: Db): Promise<number> {
  let changed = 0;
  for (let page = await findTiedAfter(tx, null); page.length > 0; page = await findTiedAfter(tx, page.at(-1)!)) {
    const loosened = { ...nothingLoosened(), rows: page };
    loosen(loosened, page);
    changed += await tieContacts(tx, loosened);
  }
  return changed;
}
