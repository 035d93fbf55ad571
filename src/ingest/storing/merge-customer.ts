import type { CarriedIdentity, CustomerFact } from "../../facts/fact.ts";
import { subjectOf } from "../../facts/normalise.ts";
import { baseOf, type Rules } from "../../facts/rules.ts";
import { extraKey, isValue } from "../../facts/survivorship.ts";
import { STATED } from "../../fields/car.ts";
import { type ColumnValues, columnOf, writersOf } from "../../fields/derive/columns.ts";
import type { SightingKey } from "../../identity/evidence.ts";
import { hear, isLater, type LastWords, lastWordsIn, newestOf, type Word, wordColumns, wordOf } from "./last-words.ts";
import {
  goneFrom,
  type StatedIdentities,
  standingIn,
  statedIdentitiesIn,
  statedIdentitiesWith,
} from "./stated-identities.ts";

/** What is stored of a customer record. */
export interface StoredCustomer {
  row: ColumnValues;
  /** The identities that its row names. */
  identities: readonly CarriedIdentity[];
}

/** A customer record with all that its source ever stated under its id. */
export interface MergedCustomer {
  /** The fact, about whoever the merged record names, at the time of its newest statement. */
  fact: CustomerFact;
  /** The row, but for whose it is and which batch brought it. */
  row: ColumnValues;
  /** Whether this is the newest statement. */
  isNewest: boolean;
  /** Sightings of the stored record that no longer hold. */
  gone: readonly SightingKey[];
}

interface Merging extends Pick<MergedCustomer, "isNewest"> {
  stored: StoredCustomer | null;
  rules: Rules;
}

/**
 * Of each field, identity and key of `extra` the last statement counts, in whatever order they arrive: what a record leaves
 * out says nothing, null and an empty list say none.
 */
export function mergeCustomer(fact: CustomerFact, { stored, isNewest, rules }: Merging): MergedCustomer {
  const words = lastWordsIn(stored?.row);
  const row: ColumnValues = { ...NOTHING_LISTED, ...stored?.row };
  writeFields(row, fact, words);
  const named = [...(stored?.identities ?? []), ...fact.named, ...fact.withdrawn, fact.own];
  const statements = statedIdentitiesWith(fact, { statements: statedIdentitiesIn(stored?.row), named, words });
  const whose = subjectOf(standingIn(statements, named), fact.own, rules);
  if (!statements.has(whose.subject.id)) statements.set(whose.subject.id, [...wordOf(fact), true]);
  const at = isNewest ? fact.at : new Date(String(stored!.row.observed_at));
  const merged = { ...fact, ...whose, at };
  Object.assign(row, keyOf(merged));
  writeNumbers(row, merged, { statements, words });
  Object.assign(row, wordColumns(words), { identities: Object.fromEntries(statements) });
  return { fact: merged, row, isNewest, gone: stored ? goneFrom(stored.row, merged) : [] };
}

/** A record that was told these, in the order in which they came, and nothing else; `before` is what is stored of it. */
export function mergeStatements(told: readonly CustomerFact[], before: ColumnValues, rules: Rules): MergedCustomer {
  const [first, ...later] = told;
  let [newest, named] = [first!, [...first!.named, first!.own]];
  let merged = mergeCustomer(first!, { stored: null, isNewest: true, rules });
  for (const fact of later) {
    const isNewest = isLater(wordOf(fact), wordOf(newest));
    merged = mergeCustomer(fact, { stored: { row: merged.row, identities: named }, isNewest, rules });
    named = [...named, ...fact.named, fact.own];
    if (isNewest) newest = fact;
  }
  const { subject, others, at } = merged.fact;
  const fact = { ...newest, subject, others, at };
  return { fact, row: merged.row, isNewest: true, gone: goneFrom(before, fact) };
}

const { custId: _, globalCustomerId: __, extra: ___, ...FROM_BODIES } = STATED;
const FIELDS = writersOf(FROM_BODIES);
const NOTHING_LISTED = Object.fromEntries(
  Object.values(FROM_BODIES).flatMap((field) => (field.type === "list" ? [[columnOf(field), []]] : [])),
);
const NUMBERS = [
  ["custId", "custid"],
  ["globalCustomerId", "globalcustid"],
] as const;

function keyOf({ subject, id, source, sourceId, at }: CustomerFact): ColumnValues {
  return { subject_id: subject.id, id, source, source_id: sourceId, observed_at: at.toISOString() };
}

function writeFields(row: ColumnValues, fact: CustomerFact, words: LastWords): void {
  const word = wordOf(fact);
  for (const { name, write } of FIELDS) {
    const value = (fact.body as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined && hear(words, name, word)) write(row, value);
  }
  row.extra = extraWith(row.extra, fact.body.extra, { words, word });
}

/** Each key of `extra` is a field of its own; null for all of it says none of every key. */
function extraWith(before: unknown, said: unknown, { words, word }: { words: LastWords; word: Word }): unknown {
  if (said === undefined) return before ?? null;
  const keys = new Map(Object.entries((before ?? {}) as object));
  if (said === null) hear(words, "extra", word);
  for (const [key, value] of Object.entries((said ?? {}) as object)) {
    if (hear(words, extraKey(key), word)) keys.set(key, value);
  }
  forgetOldestKeys(words);
  const none = words.get("extra");
  const isSaid = ([key, value]: [string, unknown]) => {
    const last = words.get(extraKey(key));
    return isValue(value) && last !== undefined && (none === undefined || isLater(last, none));
  };
  const standing = [...keys].filter(isSaid);
  return standing.length > 0 ? Object.fromEntries(standing) : null;
}

/** The most keys of `extra` that one record keeps, the last stated: a program may make up a new one each time. */
const MOST_KEYS = 1_000;

function forgetOldestKeys(words: LastWords): void {
  const keys = [...words].filter(([name]) => name.startsWith(extraKey("")));
  if (keys.length <= MOST_KEYS) return;
  const newest = newestOf(keys, MOST_KEYS);
  for (const [name] of keys) if (!newest.has(name)) words.delete(name);
}

interface Known {
  statements: StatedIdentities;
  words: LastWords;
}

/** The customer's numbers are fields too: of several, the strongest identity. */
function writeNumbers(row: ColumnValues, { subject, others }: CustomerFact, { statements, words }: Known): void {
  for (const [name, namespace] of NUMBERS) {
    const number = [subject, ...others].find((identity) => baseOf(identity.namespace) === namespace);
    row[columnOf(STATED[name])] = number?.value ?? null;
    if (!number) words.delete(name);
    else {
      const [at, by] = statements.get(number.id)!;
      words.set(name, [at, by]);
    }
  }
}
