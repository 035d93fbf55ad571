import type { Db } from "../../db/client.ts";
import { contactsOf, keysOf } from "../../facts/contacts.ts";
import type { Fact } from "../../facts/fact.ts";
import {
  findByIds,
  findByKeys,
  findOfContacts,
  findTiedAfter,
  lockKeys,
  saveContacts,
  type TiedRow,
} from "./contacts.repository.ts";

/** What contacts may have changed by: keys that rows have or had, contacts that rows have left, and rows of these ids. */
export interface Loosened {
  keys: string[];
  contacts: string[];
  ids: string[];
}

export const nothingLoosened = (): Loosened => ({ keys: [], contacts: [], ids: [] });

/** What goes loose where these rows go. */
export function loosenedBy(rows: readonly { contactId: string | null; keys: readonly string[] }[]): Loosened {
  return {
    keys: rows.flatMap(({ keys }) => keys),
    contacts: rows.flatMap(({ contactId }) => contactId ?? []),
    ids: [],
  };
}

/** What a record that was stored may change. A leg without keys may still be one with visits of its id. */
export function loosenedByFact(fact: Fact): Loosened {
  const keys = keysOfFact(fact);
  return { keys, contacts: [], ids: fact.kind === "interaction" && keys.length === 0 ? [fact.id] : [] };
}

/** Adds what else went loose. */
export function loosen(all: Loosened, more: Loosened): void {
  for (const part of ["keys", "contacts", "ids"] as const) for (const value of more[part]) all[part].push(value);
}

/** The keys of a record as it is stored: those of a leg, or of the visit of a touchpoint. */
export function keysOfFact(fact: Fact): string[] {
  switch (fact.kind) {
    case "interaction":
      return keysOf({ ...fact.body, source: fact.source, sourceId: fact.sourceId });
    case "touchpoint":
      return keysOf({ ...fact.body, source: fact.source, sourceId: null, channelType: fact.body.channel });
    case "customer":
      return [];
  }
}

/** Keys from which one search starts: an import that is withdrawn may have millions, and their rows are in memory. */
const AT_ONCE = 10_000;

/**
 * Finds again which interactions are of one contact, from all that hangs together with these, and stores what differs;
 * answers how many rows that were. Whoever ties the same keys waits until this transaction ends.
 */
export async function tieContacts(tx: Db, { keys, contacts, ids }: Loosened): Promise<number> {
  let changed = 0;
  for (let from = 0; from < Math.max(keys.length, contacts.length, ids.length); from += AT_ONCE) {
    const part = <Value>(all: readonly Value[]) => all.slice(from, from + AT_ONCE);
    changed += await tieReached(tx, { keys: part(keys), contacts: part(contacts), ids: part(ids) });
  }
  return changed;
}

async function tieReached(tx: Db, loosened: Loosened): Promise<number> {
  const rows = await reach(tx, loosened);
  if (rows.length === 0) return 0;
  const found = contactsOf(rows);
  const changed = rows
    .map((row) => ({ ...row, contact: found.get(row.id) ?? null }))
    .filter(({ contact, ...row }) => {
      return row.contactId !== (contact?.id ?? null) || row.sharesCall !== (contact?.sharesCalls ?? false);
    });
  await saveContacts(tx, changed);
  return changed.length;
}

/** Ties every interaction again; answers how many stood wrong. */
export async function tieAllContacts(tx: Db): Promise<number> {
  let changed = 0;
  for (let page = await findTiedAfter(tx, null); page.length > 0; page = await findTiedAfter(tx, page.at(-1)!)) {
    changed += await tieContacts(tx, loosenedBy(page));
  }
  return changed;
}

/** The rows with these keys, contacts or ids, those with any key or contact of theirs, and so on. */
async function reach(tx: Db, loosened: Loosened): Promise<TiedRow[]> {
  const reached = new Map<string, TiedRow>();
  const known = { keys: new Set<string>(), contacts: new Set<string>(), ids: new Set<string>() };
  for (let next = newOf(known, loosened); !isNothing(next); ) {
    if (next.keys.length > 0) await lockKeys(tx, next.keys);
    const found = await Promise.all([
      next.keys.length === 0 ? [] : findByKeys(tx, next.keys),
      findOfContacts(tx, next.contacts),
      findByIds(tx, next.ids),
    ]);
    const rows = found.flat();
    for (const row of rows) reached.set(row.subjectId + row.id, row);
    next = newOf(known, loosenedBy(rows));
  }
  return [...reached.values()];
}

const isNothing = ({ keys, contacts, ids }: Loosened) => keys.length + contacts.length + ids.length === 0;

/** What was not known, each once; from now on it is. */
function newOf(known: Record<keyof Loosened, Set<string>>, { keys, contacts, ids }: Loosened): Loosened {
  return {
    keys: newTo(known.keys, keys),
    contacts: newTo(known.contacts, contacts),
    ids: newTo(known.ids, ids),
  };
}

function newTo(known: Set<string>, values: readonly string[]): string[] {
  const fresh = [...new Set(values)].filter((value) => !known.has(value));
  for (const value of fresh) known.add(value);
  return fresh;
}
