import { setImmediate } from "node:timers/promises";
import { IS_NOBODY, type Partition } from "./columns.ts";
import { grouped } from "./grouped.ts";

// Legs of one contact may be several customers', in any partition. What they say of one another is found here, once a
// version, and written into tables that have a row for every leg.

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

/** Contacts that are looked at before others have their turn. */
const CONTACTS_AT_ONCE = 5_000;

/** Calls `each` with the legs of every contact that meant ones are of, in the order in which they began. */
export async function eachContact(
  partitions: readonly Partition[],
  isMeant: (partition: Partition, row: number) => boolean,
  each: (legs: readonly NumberedLeg[], contact: number) => void,
): Promise<void> {
  const legs = legsOfContacts(partitions, isMeant);
  const contactOf = legs.map(({ partition, row }) => partition.legs.contact[row]!);
  const contacts = contactOf.reduce((most, contact) => Math.max(most, contact + 1), 0);
  const { starts, rows } = grouped(contactOf, contacts, (a, b) => compareStarts(legs[a]!, legs[b]!));
  let looked = 0;
  for (let contact = 0; contact < contacts; contact += 1) {
    const [from, to] = [starts[contact]!, starts[contact + 1]!];
    if (from === to) continue;
    each(
      Array.from(rows.subarray(from, to), (place) => legs[place]!),
      contact,
    );
    looked += 1;
    if (looked % CONTACTS_AT_ONCE === 0) await setImmediate();
  }
}

function legsOfContacts(
  partitions: readonly Partition[],
  isMeant: (partition: Partition, row: number) => boolean,
): NumberedLeg[] {
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

/** By when they began, then by id. */
export function compareStarts(a: NumberedLeg, b: NumberedLeg): number {
  return a.partition.legs.at[a.row]! - b.partition.legs.at[b.row]! || compareIds(a, b);
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
