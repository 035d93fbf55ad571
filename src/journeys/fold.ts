import { customerCount, type Partition } from "./columns.ts";

/** All that one customer did, in order: its events are those from `from` up to `to`. The object is used again. */
export interface Journey {
  customer: number;
  from: number;
  to: number;
}

/** Whether an event is meant. Events of one customer are asked about one after the other. */
export type IsMeant = (event: number, journey: Journey) => boolean;

/**
 * A report as a pure function over one journey that adds to a tally, and the sum of two tallies. A plan is what was asked,
 * in numbers; it goes to other threads, so it holds no function.
 */
export interface Fold<Plan, Tally> {
  /** No other fold is called so. */
  readonly name: string;
  empty(plan: Plan): Tally;
  /** What adds a journey of this partition; made once a partition, so that it may look up whatever it needs. */
  over(partition: Partition, plan: Plan): (tally: Tally, journey: Journey) => void;
  /** Adds what comes later in the order of customers. */
  merge(tally: Tally, later: Tally, plan: Plan): void;
}

/**
 * Segments whose customers are added to one tally, one after the other. Tallies are merged in the order of partitions, so
 * that sums of floats are the same however many threads add them up.
 */
const PARTITIONS_A_TALLY = 8;

/** The partitions of each tally, by the place of the first. */
export function partsOf(partitions: readonly Partition[]): Partition[][] {
  const parts: Partition[][] = [];
  for (let from = 0; from < partitions.length; from += PARTITIONS_A_TALLY) {
    parts.push(partitions.slice(from, from + PARTITIONS_A_TALLY));
  }
  return parts;
}

/** Adds up the journeys of one part. */
export function addUp<Plan, Tally>(fold: Fold<Plan, Tally>, plan: Plan, part: readonly Partition[]): Tally {
  const tally = fold.empty(plan);
  const journey: Journey = { customer: 0, from: 0, to: 0 };
  for (const partition of part) {
    const { events } = partition.customers;
    const count = customerCount(partition);
    if (count === 0) continue;
    const add = fold.over(partition, plan);
    for (let customer = 0; customer < count; customer += 1) {
      journey.customer = customer;
      journey.from = events[customer]!;
      journey.to = events[customer + 1]!;
      add(tally, journey);
    }
  }
  return tally;
}

export function mergeAll<Plan, Tally>(fold: Fold<Plan, Tally>, plan: Plan, tallies: readonly Tally[]): Tally {
  const sum = fold.empty(plan);
  for (const tally of tallies) fold.merge(sum, tally, plan);
  return sum;
}
