import { type Changes, type Question, type Standing, searchesOf } from "../../src/facts/contact-search.ts";

// A table of interactions in memory, which a search for contacts reads and writes.

export const rowKey = ({ subjectId, id }: { subjectId: string; id: string }): string => subjectId + id;

/** What a database would answer, with no more than is asked for, and the newest first. */
function answer(stored: ReadonlyMap<string, Standing>, { keys, ids, most }: Question): Standing[] {
  const all = [...stored.values()].reverse();
  const ofKeys = keys.flatMap((one) => all.filter((row) => row.keys.includes(one)).slice(0, most));
  const found = new Set([...ids, ...ofKeys.map(({ id }) => id)]);
  const ofIds = [...found].flatMap((id) => all.filter((row) => row.id === id).slice(0, most));
  return [...new Set([...ofKeys, ...ofIds])];
}

/** Stores the contacts that a search finds. */
export function tie(
  stored: Map<string, Standing>,
  changes: Changes,
  { most, constants = [] }: { most?: number; constants?: readonly string[] } = {},
): void {
  for (const search of searchesOf(changes, most)) {
    for (let question = search.next(); question; question = search.next()) {
      const asked = search.without(
        question,
        constants.filter((key) => question!.keys.includes(key)),
      );
      search.take(asked, answer(stored, asked));
    }
    for (const { row, contact, isCrowded } of search.found()) {
      const found = { contactId: contact?.id ?? null, sharesCall: contact?.sharesCalls ?? false, isCrowded };
      stored.set(rowKey(row), { ...row, ...found });
    }
  }
}
