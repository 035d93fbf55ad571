import { allocate, customerCount, eachWritten, formsOfBoth, type Lengths, type Partition } from "./columns.ts";
import { TABLE_NAMES, type TableName } from "./declared.ts";
import type { KeyIndex } from "./key-index.ts";

/** Customers of one partition, from one row to another. */
interface Run {
  of: Partition;
  from: number;
  to: number;
}

/**
 * A partition anew: the customers who did not change as they were, and those who did as they were read. Whoever changed and
 * was not read has nothing any more.
 */
export function splice(before: Partition, changed: KeyIndex, read: Partition): Partition {
  const runs = runsOf(before, changed, read);
  const partition = allocate(lengthsOf(runs), formsOfBoth(before, read));
  const next: Next = { customers: 0, events: 0, legs: 0, visits: 0, tied: 0, worth: 0 };
  for (const run of runs) {
    copyRun(partition, run, next);
    for (const name of TABLE_NAMES) next[name] += rowsOf(run, name).length;
  }
  for (const name of OWNED) partition.customers[name][next.customers] = next[name];
  return partition;
}

type Next = Record<TableName, number>;
/** Tables whose rows a customer owns from a row on that it names. */
const OWNED = ["events", "legs", "visits"] as const;

/** The customers of both in order of id. */
function runsOf(before: Partition, changed: KeyIndex, read: Partition): Run[] {
  const runs: Run[] = [];
  const add = (of: Partition, row: number) => {
    const last = runs.at(-1);
    if (last?.of === of && last.to === row) last.to = row + 1;
    else runs.push({ of, from: row, to: row + 1 });
  };
  const key = new Uint32Array(4);
  let next = 0;
  for (let row = 0; row < customerCount(before); row += 1) {
    for (; next < customerCount(read) && comesBefore(read, next, { of: before, row }); next += 1) add(read, next);
    writeId(key, before, row);
    if (changed.find(key) === -1) add(before, row);
  }
  for (; next < customerCount(read); next += 1) add(read, next);
  return runs;
}

function writeId(key: Uint32Array, { customers }: Partition, row: number): void {
  key[0] = customers.id0[row]!;
  key[1] = customers.id1[row]!;
  key[2] = customers.id2[row]!;
  key[3] = customers.id3[row]!;
}

function comesBefore(
  { customers: a }: Partition,
  i: number,
  { of: { customers: b }, row }: { of: Partition; row: number },
) {
  const difference =
    a.id0[i]! - b.id0[row]! || a.id1[i]! - b.id1[row]! || a.id2[i]! - b.id2[row]! || a.id3[i]! - b.id3[row]!;
  return difference < 0;
}

/** Of a run: from which row of a table on, and how many. */
function rowsOf({ of, from, to }: Run, table: TableName): { first: number; length: number } {
  const { customers } = of;
  switch (table) {
    case "customers":
      return { first: from, length: to - from };
    case "events":
    case "legs":
    case "visits":
      return { first: customers[table][from]!, length: customers[table][to]! - customers[table][from]! };
    case "tied":
    case "worth": {
      const first = firstAtOrAfter(of[table].row, customers.events[from]!);
      return { first, length: firstAtOrAfter(of[table].row, customers.events[to]!) - first };
    }
  }
}

/** The place of the first number that is at least so large, in numbers that rise. */
export function firstAtOrAfter(numbers: ArrayLike<number>, least: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (numbers[middle]! < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

function lengthsOf(runs: readonly Run[]): Lengths {
  const sum = (table: TableName) => runs.reduce((length, run) => length + rowsOf(run, table).length, 0);
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, sum(name)])) as Lengths;
}

/** Copies a run behind what is there, and moves the numbers of rows with it. */
function copyRun(into: Partition, run: Run, next: Next): void {
  for (const table of TABLE_NAMES) {
    const { first, length } = rowsOf(run, table);
    const columns = run.of[table] as unknown as Record<string, Float64Array>;
    eachWritten(into, table, (name, column) => {
      column.set(columns[name]!.subarray(first, first + length), next[table]);
    });
  }
  for (const table of OWNED) {
    shift(
      into.customers[table],
      { from: next.customers, by: next[table] - rowsOf(run, table).first },
      run.to - run.from,
    );
  }
  const events = rowsOf(run, "events");
  const by = next.events - events.first;
  for (const table of ["tied", "worth"] as const) {
    shift(into[table].row, { from: next[table], by }, rowsOf(run, table).length);
  }
  const { isLeg, link } = into.events;
  const legsBy = next.legs - rowsOf(run, "legs").first;
  for (let row = next.events; row < next.events + events.length; row += 1) {
    if (isLeg[row]) link[row] = link[row]! + legsBy;
  }
}

function shift(numbers: Uint32Array, { from, by }: { from: number; by: number }, length: number): void {
  for (let row = from; row < from + length; row += 1) numbers[row] = numbers[row]! + by;
}
