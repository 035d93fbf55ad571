import type { CarriedIdentity, CustomerFact } from "../../facts/fact.ts";
import { baseOf } from "../../facts/rules.ts";
import type { ColumnValues } from "../../fields/derive/columns.ts";
import type { SightingKey } from "../../identity/evidence.ts";
import { hear, isLater, type LastWords, newestOf, wordOf } from "./last-words.ts";

// The identities of a customer record: the last statement of each stands until it is taken back.

/** The last statement of an identity: when, by which body, and whether it stands or was withdrawn. */
type Statement = readonly [at: string, by: string, stands: boolean];

/** By the identity's id: the column `identities`. */
export type StatedIdentities = Map<string, Statement>;

/** The most identities that one record keeps, the last stated: "guest" logs in from a new browser each time. */
const MOST_STATEMENTS = 1_000;

export function statedIdentitiesIn(row: ColumnValues | undefined): StatedIdentities {
  return new Map(Object.entries((row?.identities ?? {}) as Record<string, Statement>));
}

interface Before {
  statements: StatedIdentities;
  /** All identities that the statements are about. */
  named: readonly CarriedIdentity[];
  words: LastWords;
}

/** The statements after what a record says of identities. */
export function statedIdentitiesWith(
  fact: CustomerFact,
  { statements: before, named, words }: Before,
): StatedIdentities {
  const word = wordOf(fact);
  const statements = new Map(before);
  const isSaid = (id: string) => {
    const last = statements.get(id);
    return last === undefined || !isLater([last[0], last[1]], word);
  };
  for (const { id } of fact.named) if (isSaid(id)) statements.set(id, [...word, true]);
  for (const { id } of fact.withdrawn) if (isSaid(id)) statements.set(id, [...word, false]);
  const { identities } = fact.body;
  if (identities === null || identities?.length === 0) hear(words, NONE, word);
  for (const namespace of fact.none) hear(words, noneOf(namespace), word);
  const namespaces = new Map(named.map(({ id, namespace }) => [id, baseOf(namespace)]));
  return bounded(
    new Map(
      [...statements].filter(([id, [at, by]]) => {
        const taken = [words.get(NONE), words.get(noneOf(namespaces.get(id) ?? ""))];
        return id === fact.own.id || taken.every((none) => isLater([at, by], none));
      }),
    ),
  );
}

/** Null and an empty list take back whatever was stated before; the record's own identity stays with it. */
const NONE = "identities";
/** A null value takes back whatever was stated before of its namespace. */
const noneOf = (namespace: string) => `${NONE}.${namespace}`;

function bounded(statements: StatedIdentities): StatedIdentities {
  if (statements.size <= MOST_STATEMENTS) return statements;
  const words = [...statements].map(([id, [at, by]]) => [id, [at, by]] as const);
  const newest = newestOf(words, MOST_STATEMENTS);
  return new Map([...statements].filter(([id]) => newest.has(id)));
}

/** The identities that stand, each with when it was stated. */
export function standingIn(statements: StatedIdentities, named: readonly CarriedIdentity[]): CarriedIdentity[] {
  const known = new Map(named.map((identity) => [identity.id, identity]));
  return [...statements].flatMap(([id, [at, , stands]]) => {
    const identity = known.get(id);
    return stands && identity ? [{ ...identity, statedAt: new Date(at) }] : [];
  });
}

/** The sightings of a stored record that the merged one does not have. */
export function goneFrom(stored: ColumnValues, { id, subject, others }: CustomerFact): SightingKey[] {
  const subjectId = String(stored.subject_id);
  const kept = subject.id === subjectId ? new Map(others.map((one) => [one.id, one.statedAt!.toISOString()])) : null;
  return [...statedIdentitiesIn(stored)].flatMap(([identityId, [at, , stands]]) =>
    stands && identityId !== subjectId && kept?.get(identityId) !== at
      ? [{ identityId, at: new Date(at), subjectId, recordId: id }]
      : [],
  );
}
