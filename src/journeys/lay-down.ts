import { allocate, type Partition } from "./columns.ts";
import { type Grouped, grouped } from "./grouped.ts";
import { BLANK_PROFILE, type Staging, stagedColumns } from "./staging.ts";

/** Lays staged rows down by customer, each customer's in order: the partition of each first byte that any id has. */
export function layDown(staging: Staging): Map<number, Partition> {
  const laid = inOrder(staging);
  const { order } = laid;
  const byteOf = (place: number) => staging.customers.word(order[place]!, 0) >>> 24;
  const partitions = new Map<number, Partition>();
  for (let from = 0; from < order.length; ) {
    const byte = byteOf(from);
    let to = from + 1;
    while (to < order.length && byteOf(to) === byte) to += 1;
    partitions.set(byte, partitionOf(laid, from, to));
    from = to;
  }
  return partitions;
}

type StagedColumns = Record<string, Float64Array>;

/** Staged rows with their order: by customer, whose places are those in order of id. */
interface Laid {
  staging: Staging;
  order: Uint32Array;
  columns: Record<"events" | "legs" | "visits" | "worth", StagedColumns>;
  events: Grouped;
  legs: Grouped;
  visits: Grouped;
  /** Of each staged row: where it stands in order. */
  placeOfLeg: Uint32Array;
  /** Of each staged event that is worth anything: its row in `worth`. */
  worthOfEvent: Map<number, number>;
}

function inOrder(staging: Staging): Laid {
  const order = customersInOrder(staging);
  const placeOf = inverse(order);
  const events = stagedColumns(staging.events);
  const legs = stagedColumns(staging.legs);
  const visits = stagedColumns(staging.visits);
  const worth = stagedColumns(staging.worth);
  const byCustomer = ({ customer }: { customer: Float64Array }) =>
    Uint32Array.from(customer, (number) => placeOf[number]!);
  const groupedEvents = grouped(byCustomer(events), order.length, byPlace(events));
  numberInteractions(events.interaction, groupedEvents, staging.interactions.size);
  const groupedLegs = grouped(byCustomer(legs), order.length, byPlace({ ...legs, kind: legs.channel }));
  return {
    staging,
    order,
    columns: { events, legs, visits, worth },
    events: groupedEvents,
    legs: groupedLegs,
    visits: grouped(byCustomer(visits), order.length, (a, b) => visits.at[a]! - visits.at[b]!),
    placeOfLeg: inverse(groupedLegs.rows),
    worthOfEvent: new Map(Array.from(worth.row, (event, row) => [event, row])),
  };
}

/** Numbers the interactions of each customer anew, so that it does not matter whose else were read with them. */
function numberInteractions(interaction: Float64Array, { starts, rows }: Grouped, size: number): void {
  const owners = new Int32Array(size).fill(-1);
  const numbers = new Uint32Array(size);
  for (let customer = 0; customer + 1 < starts.length; customer += 1) {
    let next = 0;
    for (const row of rows.subarray(starts[customer]!, starts[customer + 1]!)) {
      const staged = interaction[row]!;
      if (owners[staged] !== customer) {
        owners[staged] = customer;
        numbers[staged] = next;
        next += 1;
      }
      interaction[row] = numbers[staged]!;
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

type Places = Record<"at" | "sequence" | "channel" | "kind" | "id0" | "id1" | "id2" | "id3", Float64Array>;

/** The total order of events (facts/event-order), of staged rows. */
function byPlace({ at, sequence, channel, kind, id0, id1, id2, id3 }: Places): (a: number, b: number) => number {
  return (a, b) =>
    at[a]! - at[b]! ||
    sequence[a]! - sequence[b]! ||
    channel[a]! - channel[b]! ||
    kind[a]! - kind[b]! ||
    id0[a]! - id0[b]! ||
    id1[a]! - id1[b]! ||
    id2[a]! - id2[b]! ||
    id3[a]! - id3[b]!;
}

/** The partition of the customers that stand from one place to another. */
function partitionOf(laid: Laid, from: number, to: number): Partition {
  const { events, legs, visits } = laid;
  const slice = ({ starts, rows }: Grouped) => rows.subarray(starts[from]!, starts[to]!);
  const rows = { events: slice(events), legs: slice(legs), visits: slice(visits) };
  const tied = rows.events.filter((event) => isTied(laid, event)).length;
  const worth = rows.events.filter((event) => laid.worthOfEvent.has(event)).length;
  const partition = allocate({
    customers: to - from,
    events: rows.events.length,
    legs: rows.legs.length,
    visits: rows.visits.length,
    tied,
    worth,
  });
  gather(partition.events, laid.columns.events, rows.events);
  gather(partition.legs, laid.columns.legs, rows.legs);
  gather(partition.visits, laid.columns.visits, rows.visits);
  writeCustomers(partition, laid, { from, to });
  writeLinks(partition, laid, { rows: rows.events, firstLeg: legs.starts[from]! });
  return partition;
}

/** Writes the staged rows into the columns of the same names, in that order. */
function gather(columns: object, staged: StagedColumns, rows: Uint32Array): void {
  const ordered = new Float64Array(rows.length);
  for (const [name, column] of Object.entries(columns) as [string, Int32Array][]) {
    const from = staged[name]!;
    for (let row = 0; row < rows.length; row += 1) ordered[row] = from[rows[row]!]!;
    // The one conversion, which is not ours.
    column.set(ordered);
  }
}

function isTied({ columns: { events } }: Laid, event: number): boolean {
  return events.isLeg![event] === 0 && events.link![event] !== -1;
}

function writeCustomers({ customers }: Partition, laid: Laid, { from, to }: { from: number; to: number }): void {
  const { staging, order } = laid;
  for (let place = from; place <= to; place += 1) {
    const row = place - from;
    for (const name of ["events", "legs", "visits"] as const) {
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

/** Of each event: the row of its leg, and its rows among those that are tied and those that are worth something. */
function writeLinks(
  partition: Partition,
  laid: Laid,
  { rows, firstLeg }: { rows: Uint32Array; firstLeg: number },
): void {
  const { events, tied, worth } = partition;
  const { columns, placeOfLeg, worthOfEvent } = laid;
  let [tiedRows, worthRows] = [0, 0];
  for (let row = 0; row < rows.length; row += 1) {
    const event = rows[row]!;
    if (events.isLeg[row]) events.link[row] = placeOfLeg[events.link[row]!]! - firstLeg;
    if (isTied(laid, event)) {
      copyRow(tied, columns.events, { from: event, to: tiedRows });
      tied.row[tiedRows] = row;
      tiedRows += 1;
    }
    const valued = worthOfEvent.get(event);
    if (valued === undefined) continue;
    copyRow(worth, columns.worth, { from: valued, to: worthRows });
    worth.row[worthRows] = row;
    worthRows += 1;
  }
}

function copyRow(columns: object, staged: StagedColumns, { from, to }: { from: number; to: number }): void {
  for (const [name, column] of Object.entries(columns) as [string, Int32Array][]) {
    if (name !== "row") column[to] = staged[name]![from]!;
  }
}
