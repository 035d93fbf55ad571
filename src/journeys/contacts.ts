import { IS_NOBODY, type Partition } from "./columns.ts";
import { grouped } from "./grouped.ts";

// Legs of one contact may be several customers', in any partition. What they say of one another is found by a worker: in
// each partition as if there were no other, which is kept with the partition, and then again for contacts across several.

/** Every leg has a number: the first of its partition's, by the partition's serial number, and its row there. */
export interface LegNumbers {
  firsts: ReadonlyMap<number, number>;
  count: number;
}

export function numberLegs(partitions: readonly Partition[]): LegNumbers {
  const firsts = new Map<number, number>();
  let count = 0;
  for (const { serial, legs } of partitions) {
    firsts.set(serial, count);
    count += legs.at.length;
  }
  return { firsts, count };
}

/** A leg of whatever partition. */
export interface NumberedLeg {
  partition: Partition;
  row: number;
  number: number;
}

/** Of a partition, each contact that a leg or a visit is of, once. */
const CONTACTS = new WeakMap<Partition, Int32Array>();

function contactsIn(partition: Partition): Int32Array {
  const known = CONTACTS.get(partition);
  if (known) return known;
  const { legs, visits } = partition;
  const found = new Set<number>([...legs.contact, ...visits.contact]);
  found.delete(-1);
  const contacts = Int32Array.from(found);
  CONTACTS.set(partition, contacts);
  return contacts;
}

/** Of so many contacts, 1 for those with legs or visits in several partitions. */
export function contactsAcross(partitions: readonly Partition[], contacts: number): Uint8Array {
  const across = new Uint8Array(contacts);
  const seen = new Uint8Array(contacts);
  for (const partition of partitions) {
    for (const contact of contactsIn(partition)) {
      across[contact] = seen[contact]!;
      seen[contact] = 1;
    }
  }
  return across;
}

type IsMeantLeg = (partition: Partition, row: number) => boolean;

/** Calls `each` with the legs of every contact that meant ones are of, in the order in which they began. */
export function eachContact(
  partitions: readonly Partition[],
  isMeant: IsMeantLeg,
  each: (legs: readonly NumberedLeg[], contact: number) => void,
): void {
  const legs = legsOfContacts(partitions, isMeant);
  /** Of each contact that there is, its place among them. */
  const places = new Map<number, number>();
  const placeOf = Uint32Array.from(legs, ({ partition, row }) => {
    const contact = partition.legs.contact[row]!;
    const known = places.get(contact) ?? places.size;
    places.set(contact, known);
    return known;
  });
  const { starts, rows } = grouped(placeOf, places.size, (a, b) => compareStarts(legs[a]!, legs[b]!));
  for (const [contact, place] of places) {
    const own = rows.subarray(starts[place]!, starts[place + 1]!);
    each(
      Array.from(own, (leg) => legs[leg]!),
      contact,
    );
  }
}

function legsOfContacts(partitions: readonly Partition[], isMeant: IsMeantLeg): NumberedLeg[] {
  const found: NumberedLeg[] = [];
  let first = 0;
  for (const partition of partitions) {
    const { contact } = partition.legs;
    for (let row = 0; row < contact.length; row += 1) {
      if (contact[row] !== -1 && isMeant(partition, row)) found.push({ partition, row, number: first + row });
    }
    first += contact.length;
  }
  return found;
}

/** By the total order (facts/event-order): a leg's channel says its kind. */
export function compareStarts(one: NumberedLeg, other: NumberedLeg): number {
  const [{ legs: a }, { legs: b }] = [one.partition, other.partition];
  const [i, j] = [one.row, other.row];
  return (
    a.at[i]! - b.at[j]! || a.sequence[i]! - b.sequence[j]! || a.channel[i]! - b.channel[j]! || compareIds(one, other)
  );
}

export function compareIds(
  { partition: { legs: a }, row: i }: NumberedLeg,
  { partition: { legs: b }, row: j }: NumberedLeg,
) {
  return a.id0[i]! - b.id0[j]! || a.id1[i]! - b.id1[j]! || a.id2[i]! - b.id2[j]! || a.id3[i]! - b.id3[j]!;
}

/** Whose a leg is, among the customers of its partition. */
export function customerOf({ partition: { customers }, row }: NumberedLeg): number {
  const { legs } = customers;
  let [low, high] = [0, legs.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (legs[middle]! <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function isNobodys(leg: NumberedLeg): boolean {
  return (leg.partition.customers.flags[customerOf(leg)]! & IS_NOBODY) !== 0;
}
