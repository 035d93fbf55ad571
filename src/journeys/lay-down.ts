import { allocate, eachWritten, narrowForms, type Partition, type WideColumns } from "./columns.ts";
import { type Grouped, grouped } from "./grouped.ts";
import type { Joins } from "./joins.ts";
import { Scratch } from "./scratch.ts";
import type { EventRows } from "./staged-events.ts";
import { BLANK_PROFILE, type Pile, type Staging } from "./staging.ts";

/**
 * Lays staged rows down by customer, each customer's in order: the partition of each first byte that any id has. The events
 * of a partition are forgotten once it is laid down.
 */
export function* layDown(staging: Staging, joins: Joins): Generator<[number, Partition]> {
  const laid = inOrder(staging, joins);
  const { order } = laid;
  const byteOf = (place: number) => staging.customers.word(order[place]!, 0) >>> 24;
  for (let from = 0; from < order.length; ) {
    const byte = byteOf(from);
    let to = from + 1;
    while (to < order.length && byteOf(to) === byte) to += 1;
    yield [byte, partitionOf(laid, { byte, from, to })];
    from = to;
  }
}

/** Staged rows with their order: by customer, whose places are those in order of id. */
interface Laid {
  staging: Staging;
  order: Uint32Array;
  /** The place of each customer in order. */
  placeOf: Uint32Array;
  legs: Grouped;
  visits: Grouped;
  /** Of each staged leg: where it stands in order. */
  placeOfLeg: Uint32Array;
  numbering: Numbering;
  /** Where columns stand before they are as narrow as their numbers. */
  scratch: Record<"events" | "legs" | "visits" | "worth", Scratch>;
}

function inOrder(staging: Staging, { ids }: Joins): Laid {
  const order = customersInOrder(staging);
  const placeOf = inverse(order);
  const { legs, visits } = staging;
  const groupedLegs = grouped(placesOf(legs.customer.all(), placeOf), order.length, byPlace(legs));
  const visitAt = visits.at.all();
  return {
    staging,
    order,
    placeOf,
    legs: groupedLegs,
    visits: grouped(placesOf(visits.customer.all(), placeOf), order.length, (a, b) => visitAt[a]! - visitAt[b]!),
    placeOfLeg: inverse(groupedLegs.rows),
    numbering: { owners: new Int32Array(ids.size).fill(-1), numbers: new Uint32Array(ids.size) },
    scratch: { events: new Scratch(), legs: new Scratch(), visits: new Scratch(), worth: new Scratch() },
  };
}

function placesOf(customers: Float64Array, placeOf: Uint32Array): Uint32Array {
  const places = new Uint32Array(customers.length);
  for (let row = 0; row < customers.length; row += 1) places[row] = placeOf[customers[row]!]!;
  return places;
}

/** Of each interaction: the customer who was the last to have it numbered, and the number. */
interface Numbering {
  owners: Int32Array;
  numbers: Uint32Array;
}

/**
 * Numbers the interactions of each customer anew, so that it does not matter whose else were read with them. `ofLegs` are the
 * legs' own, in order: what they were read with, and from then on these numbers.
 */
function numberInteractions(
  { numbering: { owners, numbers }, order, legs }: Laid,
  { events, starts, rows }: { events: EventRows } & Grouped,
  { from, to, ofLegs }: Range & { ofLegs: Float64Array },
): void {
  for (let place = from; place < to; place += 1) {
    const customer = order[place]!;
    let next = 0;
    for (let i = starts[place - from]!; i < starts[place - from + 1]!; i += 1) {
      const interaction = events.interaction(rows[i]!);
      if (owners[interaction] !== customer) {
        owners[interaction] = customer;
        numbers[interaction] = next;
        next += 1;
      }
      events.setInteraction(rows[i]!, numbers[interaction]!);
    }
    const first = legs.starts[from]!;
    for (let leg = legs.starts[place]! - first; leg < legs.starts[place + 1]! - first; leg += 1) {
      ofLegs[leg] = owners[ofLegs[leg]!] === customer ? numbers[ofLegs[leg]!]! : -1;
    }
  }
}

function inverse(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place += 1) places[order[place]!] = place;
  return places;
}

/** The customers' numbers in order of their ids. */
function customersInOrder({ customers }: Staging): Uint32Array {
  const order = Uint32Array.from({ length: customers.size }, (_, number) => number);
  return order.sort((a, b) => {
    for (let place = 0; place < 4; place += 1) {
      const difference = customers.word(a, place) - customers.word(b, place);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** The total order of events (facts/event-order), of staged legs, whose channel says the kind. */
function byPlace(legs: Staging["legs"]): (a: number, b: number) => number {
  const [at, sequence, channel] = [legs.at.all(), legs.sequence.all(), legs.channel.all()];
  const [id0, id1, id2, id3] = [legs.id0.all(), legs.id1.all(), legs.id2.all(), legs.id3.all()];
  return (a, b) =>
    at[a]! - at[b]! ||
    sequence[a]! - sequence[b]! ||
    channel[a]! - channel[b]! ||
    id0[a]! - id0[b]! ||
    id1[a]! - id1[b]! ||
    id2[a]! - id2[b]! ||
    id3[a]! - id3[b]!;
}

/** Customers whose ids begin with a byte, by their places in order. */
interface Range {
  byte: number;
  from: number;
  to: number;
}

function partitionOf(laid: Laid, range: Range): Partition {
  const { legs, visits, staging, scratch } = laid;
  const { from, to } = range;
  const staged = staging.events.take(range.byte);
  const { starts, rows } = eventsInOrder(laid, staged, range);
  const slice = (of: Grouped) => of.rows.subarray(of.starts[from]!, of.starts[to]!);
  const wideLegs = inOrderOf(staging.legs, slice(legs), scratch.legs);
  numberInteractions(laid, { events: staged, starts, rows }, { ...range, ofLegs: wideLegs.interaction! });
  const wide = {
    events: staged.columns(rows, scratch.events),
    legs: wideLegs,
    visits: inOrderOf(staging.visits, slice(visits), scratch.visits),
  };
  const lengths = {
    customers: to - from,
    events: rows.length,
    legs: slice(legs).length,
    visits: slice(visits).length,
    tied: staged.countTied(),
    worth: staged.worth.size,
  };
  const partition = allocate(lengths, narrowForms(wide));
  for (const table of ["events", "legs", "visits"] as const) {
    const written: WideColumns = wide[table];
    eachWritten(partition, table, (name, column) => column.set(written[name]!));
  }
  partition.customers.events.set(starts);
  writeCustomers(partition, laid, range);
  writeLegs(partition, laid, legs.starts[from]!);
  writeTied(partition, staged, rows);
  writeWorth(partition, staged.worth, { rows, laid });
  staging.events.giveBack(staged);
  return partition;
}

function eventsInOrder({ placeOf }: Laid, events: EventRows, { from, to }: Range): Grouped {
  const customers = new Uint32Array(events.length);
  for (let row = 0; row < events.length; row += 1) customers[row] = placeOf[events.customer(row)]! - from;
  return grouped(customers, to - from, (a, b) => events.compare(a, b));
}

/** The columns of these rows, in that order, until the scratch is used for others. */
function inOrderOf(piles: Readonly<Record<string, Pile>>, rows: ArrayLike<number>, scratch: Scratch): WideColumns {
  const columns: Record<string, Float64Array> = {};
  for (const [name, pile] of Object.entries(piles)) {
    columns[name] = scratch.column(name, rows.length);
    pile.write(rows, columns[name]);
  }
  return columns;
}

function writeCustomers({ customers }: Partition, laid: Laid, { from, to }: Range): void {
  const { staging, order } = laid;
  for (let place = from; place <= to; place += 1) {
    const row = place - from;
    for (const name of ["legs", "visits"] as const) {
      customers[name][row] = laid[name].starts[place]! - laid[name].starts[from]!;
    }
    if (place === to) return;
    const customer = order[place]!;
    customers.id0[row] = staging.customers.word(customer, 0);
    customers.id1[row] = staging.customers.word(customer, 1);
    customers.id2[row] = staging.customers.word(customer, 2);
    customers.id3[row] = staging.customers.word(customer, 3);
    const profile = staging.profiles.get(customer) ?? BLANK_PROFILE;
    customers.flags[row] = profile.flags;
    customers.segment[row] = profile.segment;
    customers.region[row] = profile.region;
    customers.products[row] = profile.products;
  }
}

/** Of each event that is a leg: its row among those of the partition. */
function writeLegs({ events: { isLeg, link } }: Partition, { placeOfLeg }: Laid, first: number): void {
  for (let row = 0; row < isLeg.length; row += 1) if (isLeg[row]) link[row] = placeOfLeg[link[row]!]! - first;
}

function writeTied({ tied }: Partition, events: EventRows, rows: Uint32Array): void {
  let next = 0;
  for (let row = 0; row < rows.length; row += 1) {
    const event = rows[row]!;
    if (!events.isTied(event)) continue;
    tied.row[next] = row;
    tied.sequence[next] = events.sequence(event);
    tied.id0[next] = events.id(event, 0);
    tied.id1[next] = events.id(event, 1);
    tied.id2[next] = events.id(event, 2);
    tied.id3[next] = events.id(event, 3);
    next += 1;
  }
}

interface Worth {
  rows: Uint32Array;
  laid: Laid;
}

function writeWorth(partition: Partition, worthOf: ReadonlyMap<number, number>, { rows, laid }: Worth): void {
  if (worthOf.size === 0) return;
  const places = rows.map((_, place) => place).filter((place) => worthOf.has(rows[place]!));
  const staged = places.map((place) => worthOf.get(rows[place]!)!);
  const wide = inOrderOf(laid.staging.worth, staged, laid.scratch.worth);
  eachWritten(partition, "worth", (name, column) => column.set(name === "row" ? places : wide[name]!));
}
