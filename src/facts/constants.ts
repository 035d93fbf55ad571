import { MOST_OF_CONTACT } from "./contacts.ts";
import type { CarriedIdentity, DataQualityNote, Fact } from "./fact.ts";
import { PUBLIC_ABOVE } from "./identity.ts";
import { contactKey } from "./normalise.ts";

// A session id that a program states on every call holds no contact together: it is a constant, and identifies nobody. Nor does a
// browser or a device that was seen with everybody's telephone: a proxy's cookie, a desk's computer.

/** Beyond this a contact's or a browser's identity is a constant of its sender's program. */
export const CONSTANT_ABOVE = {
  /** Telephones seen with a browser or a device; nothing else counts, since a telephone's owner has many browsers. */
  telephones: PUBLIC_ABOVE,
  /** Persons, telephones and browsers seen with it; other contacts do not count, since a case has many. */
  others: PUBLIC_ABOVE,
  /** Legs that it is the strongest identity of. */
  legs: MOST_OF_CONTACT,
};

/** What is known of such an identity before a batch: of a browser, with which telephones it was seen. */
export interface KnownContact {
  id: string;
  isPublic: boolean;
  others: readonly string[];
  legs: readonly string[];
}

export interface Constants {
  /** The ids of all that ties nothing. */
  all: ReadonlySet<string>;
  /** Those that become so by these facts. */
  fresh: readonly CarriedIdentity[];
}

/** What is counted of a record. */
export type NamingRecord = Pick<Fact, "id" | "kind" | "subject" | "others">;

/**
 * The contacts that these records name, and the browsers that stand for a telephone on one of them, each once. A customer
 * record has none.
 */
export function contactsIn(records: readonly NamingRecord[]): CarriedIdentity[] {
  const found = new Map<string, CarriedIdentity>();
  for (const { subject, others } of records) {
    for (const identity of [subject, ...others]) if (isContact(identity)) found.set(identity.id, identity);
    if (isBrowser(subject) && others.some(isTelephone)) found.set(subject.id, subject);
  }
  return [...found.values()];
}

/** Which of the contacts of these records are constants, counting what is stored and what comes. */
export function constantsAmong(records: readonly NamingRecord[], known: readonly KnownContact[]): Constants {
  const all = new Set(known.filter(({ isPublic }) => isPublic).map(({ id }) => id));
  const counted = new Map(known.map(({ id, others, legs }) => [id, { others: new Set(others), legs: new Set(legs) }]));
  const countOf = ({ id }: CarriedIdentity) => {
    const count = counted.get(id) ?? { others: new Set(), legs: new Set() };
    counted.set(id, count);
    return count;
  };
  for (const { id, kind, subject, others } of records) {
    // As sightings are: of the subject with each of the others.
    for (const other of others) {
      if (isContact(subject) && !isContact(other)) countOf(subject).others.add(other.id);
      if (isContact(other) && !isContact(subject)) countOf(other).others.add(subject.id);
      if (isBrowser(subject) && isTelephone(other)) countOf(subject).others.add(other.id);
    }
    if (kind === "interaction" && isContact(subject)) countOf(subject).legs.add(id);
  }
  const isConstant = (contact: CarriedIdentity) => {
    const { others, legs } = countOf(contact);
    if (isBrowser(contact)) return others.size > CONSTANT_ABOVE.telephones;
    return others.size > CONSTANT_ABOVE.others || legs.size > CONSTANT_ABOVE.legs;
  };
  const fresh = contactsIn(records).filter((contact) => !all.has(contact.id) && isConstant(contact));
  for (const { id } of fresh) all.add(id);
  return { all, fresh };
}

/**
 * What is left of a record's identities, the strongest first, without the constants. A browser is left where it stands for no
 * telephone: its pages are nobody's, and each of them is its.
 */
export function withoutThem<Identity extends CarriedIdentity>(
  carried: readonly Identity[],
  isConstant: (id: string) => boolean,
): Identity[] {
  const left = carried.filter((identity) => !(isContact(identity) && isConstant(identity.id)));
  while (left[0] && isBrowser(left[0]) && isConstant(left[0].id) && left.some(isTelephone)) left.shift();
  return left;
}

/** A fact as if it had not named these contacts; `own` is its subject where nothing else identifies it. */
export function withoutContacts(
  fact: Fact,
  constants: ReadonlySet<string>,
  own: (fact: Fact) => CarriedIdentity,
): Fact {
  const carried = [fact.subject, ...fact.others];
  const left = withoutThem(carried, (id) => constants.has(id));
  if (left.length === carried.length) return fact;
  const [subject = own(fact), ...others] = left;
  if (fact.kind !== "interaction" || subject === fact.subject) return { ...fact, subject, others };
  const gone = carried.filter((identity) => !left.includes(identity));
  return { ...fact, subject, others, notes: [...fact.notes, ...notesOn(fact.source, fact.body, gone)] };
}

type Stated = Readonly<Record<"universalSessionId" | "contactKey" | "sessionId", string | null>>;

/** Tells the sender of a leg that nothing stronger identifies which of its fields is a constant. */
export function notesOn(source: string, leg: Stated, gone: readonly CarriedIdentity[]): DataQualityNote[] {
  const browsers = gone
    .filter(isBrowser)
    .map(({ namespace }) => ({ field: "identities", message: sharedBy(namespace) }));
  const values = new Set(gone.filter(isContact).map(({ value }) => value));
  // A session id stands in for what is left out.
  const own = leg.contactKey ? "contactKey" : leg.universalSessionId ? null : "sessionId";
  const fields = (["universalSessionId", own] as const).filter((field) => {
    const stated = field && leg[field];
    const key = stated && contactKey(field === "universalSessionId" ? null : source, stated);
    return key && values.has(key.value);
  });
  return [...fields.map((field) => ({ field: field!, message: CONSTANT })), ...browsers];
}

function sharedBy(namespace: string): string {
  return `So many telephones were seen with its ${namespace} that it identifies none of their callers.`;
}

const CONSTANT =
  "So many callers share it that it identifies nobody: give each contact an id of its own, or leave the field out.";

function isContact({ kind, namespace }: CarriedIdentity): boolean {
  return kind === "CARRIER" && namespace === "contact";
}

/** A browser, a device, a visitor's id: what stands for a telephone that it was seen with. */
export function isBrowser({ kind, namespace }: CarriedIdentity): boolean {
  return kind === "CARRIER" && namespace !== "contact" && namespace !== "phone";
}

function isTelephone({ kind, namespace }: CarriedIdentity): boolean {
  return kind === "CARRIER" && namespace === "phone";
}
