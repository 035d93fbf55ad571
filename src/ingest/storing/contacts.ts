import type { Db } from "../../db/client.ts";
import { contactsOf, keysOf } from "../../facts/contacts.ts";
import type { Fact } from "../../facts/fact.ts";
import {
  findByKeys,
  findOfContacts,
  findTiedAfter,
  lockKeys,
  saveContacts,
  type TiedRow,
} from "./contacts.repository.ts";

/** What a contact may have changed by: keys that rows have or had, and contacts that rows have left. */
export interface Loosened {
  keys: readonly string[];
  contacts: readonly string[];
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

/**
 * Finds again which interactions are of one contact, from all that hangs together with these, and stores what differs;
 * answers how many rows that were. Whoever ties the same keys waits until this transaction ends.
 */
export async function tieContacts(tx: Db, { keys, contacts }: Loosened): Promise<number> {
  if (keys.length === 0 && contacts.length === 0) return 0;
  const rows = await reach(tx, { keys: [...new Set(keys)], contacts });
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
    changed += await tieContacts(tx, {
      keys: page.flatMap(({ keys }) => keys),
      contacts: page.flatMap(({ contactId }) => contactId ?? []),
    });
  }
  return changed;
}

/** The rows with these keys or contacts, those with any key or contact of theirs, and so on. */
async function reach(tx: Db, { keys, contacts }: Loosened): Promise<TiedRow[]> {
  const reached = new Map<string, TiedRow>();
  const known = { keys: new Set(keys), contacts: new Set(contacts) };
  for (let next: Loosened = { keys, contacts }; next.keys.length > 0 || next.contacts.length > 0; ) {
    if (next.keys.length > 0) await lockKeys(tx, next.keys);
    const found = await Promise.all([
      next.keys.length === 0 ? [] : findByKeys(tx, next.keys),
      findOfContacts(tx, next.contacts),
    ]);
    const rows = found.flat();
    for (const row of rows) reached.set(row.subjectId + row.id, row);
    next = {
      keys: newOf(
        known.keys,
        rows.flatMap((row) => row.keys),
      ),
      contacts: newOf(
        known.contacts,
        rows.flatMap(({ contactId }) => contactId ?? []),
      ),
    };
  }
  return [...reached.values()];
}

/** Those that were not known, each once; from now on they are. */
function newOf(known: Set<string>, values: readonly string[]): string[] {
  const fresh = [...new Set(values)].filter((value) => !known.has(value));
  for (const value of fresh) known.add(value);
  return fresh;
}
