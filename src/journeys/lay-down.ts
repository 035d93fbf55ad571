import { allocate, eachWritten, narrowForms, type Partition, type WideColumns } from "./columns.ts";
import { type Grouped, grouped } from "./grouped.ts";
import type { Joins } from "./joins.ts";
import type { EventRows } from "./staged-events.ts";
import { BLANK_PROFILE, type Staging, stagedColumns } from "./staging.ts";

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
  columns: Record<"legs" | "visits" | "worth", WideColumns>;
  legs: Grouped;
  visits: Grouped;
  /** Of each staged leg: where it stands in order. */
  placeOfLeg: Uint32Array;
  numbering: Numbering;
}

function inOrder(staging: Staging, { ids }: Joins): Laid {
  const order = customersInOrder(staging);
  const placeOf = inverse(order);
  const legs = stagedColumns(staging.legs);
  const visits = stagedColumns(staging.visits);
  const byCustomer = ({ customer }: { customer: Float64Array }) =>
    Uint32Array.from(customer, (number) => placeOf[number]!);
  const groupedLegs = grouped(byCustomer(legs), order.length, byPlace(legs));
  return {
    staging,
    order,
    placeOf,
    columns: { legs, visits, worth: stagedColumns(staging.worth) },
    legs: groupedLegs,
    visits: grouped(byCustomer(visits), order.length, (a, b) => visits.at[a]! - visits.at[b]!),
    placeOfLeg: inverse(groupedLegs.rows),
    numbering: { owners: new Int32Array(ids.size).fill(-1), numbers: new Uint32Array(ids.size) },
  };
}

/** Of each interaction: the customer who was the last to have it numbered, and the number. */
interface Numbering {
  owners: Int32Array;
  numbers: Uint32Array;
}

/** Numbers the interactions of each customer anew, so that it does not matter whose else were read with them. */
function numberInteractions(events: EventRows, rows: Uint32Array, { owners, numbers }: Numbering): void {
  let [customer, next] = [-1, 0];
  for (const row of rows) {
    if (events.customer(row) !== customer) {
      customer = events.customer(row);
      next = 0;
    }
    const interaction = events.interaction(row);
    if (owners[interaction] !== customer) {
      owners[interaction] = customer;
      numbers[interaction] = next;
      next += 1;
    }
    events.setInteraction(row, numbers[interaction]!);
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

type Places = Record<"at" | "sequence" | "channel" | "id0" | "id1" | "id2" | "id3", Float64Array>;

/** The total order of events (facts/event-order), of staged legs, whose channel says the kind. */
function byPlace({ at, sequence, channel, id0, id1, id2, id3 }: Places): (a: number, b: number) => number {
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
  const { legs, visits, columns, staging } = laid;
  const { from, to } = range;
  const staged = staging.events.take(range.byte);
  const { starts, rows } = eventsInOrder(laid, staged, range);
  numberInteractions(staged, rows, laid.numbering);
  const slice = (of: Grouped) => of.rows.subarray(of.starts[from]!, of.starts[to]!);
  const wide = {
    events: staged.columns(rows),
    legs: inOrderOf(columns.legs, slice(legs)),
    visits: inOrderOf(columns.visits, slice(visits)),
  };
  const lengths = {
    customers: to - from,
    events: rows.length,
    legs: slice(legs).length,
    visits: slice(visits).length,
    tied: rows.reduce((count, event) => count + (staged.isTied(event) ? 1 : 0), 0),
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
  writeWorth(partition, staged.worth, { rows, staged: columns.worth });
  return partition;
}

function eventsInOrder({ placeOf }: Laid, events: EventRows, { from, to }: Range): Grouped {
  const customers = new Uint32Array(events.length);
  for (let row = 0; row < events.length; row += 1) customers[row] = placeOf[events.customer(row)]! - from;
  return grouped(customers, to - from, (a, b) => events.compare(a, b));
}

/** Columns with these rows, in that order. */
function inOrderOf(columns: WideColumns, rows: Uint32Array): WideColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const ordered = new Float64Array(rows.length);
      for (let row = 0; row < rows.length; row += 1) ordered[row] = column[rows[row]!]!;
      return [name, ordered];
    }),
  );
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
  staged: WideColumns;
}

function writeWorth(partition: Partition, worthOf: ReadonlyMap<number, number>, { rows, staged }: Worth): void {
  if (worthOf.size === 0) return;
  const places = rows.map((_, place) => place).filter((place) => worthOf.has(rows[place]!));
  const wide = inOrderOf(
    staged,
    places.map((place) => worthOf.get(rows[place]!)!),
  );
  eachWritten(partition, "worth", (name, column) => column.set(name === "row" ? places : wide[name]!));
}
