import { customerCount, IS_LEFT_OUT, type Partition } from "./columns.ts";

/** All that one customer did, in order: its events are those from `from` up to `to`. The object is used again. */
export interface Journey {
  customer: number;
  from: number;
  to: number;
}

/** Whether an event is meant. Events of one customer are asked about one after the other. */
export type IsMeant = (event: number, journey: Journey) => boolean;

/**
 * A report as a pure function over one journey that adds to a tally, and the sum of two tallies. Plan, tally and answer go
 * to other threads, so they hold no function; a worker finds the fold by its name in `reports/folds`.
 */
export interface Fold<Plan, Tally, Answer = Tally> {
  /** No other fold is called so. */
  readonly name: string;
  empty(plan: Plan): Tally;
  /** What adds a journey of this partition; made once a partition, so that it may look up whatever it needs. */
  over(partition: Partition, plan: Plan): (tally: Tally, journey: Journey) => void;
  /** Adds what comes later in the order of customers. */
  merge(tally: Tally, later: Tally, plan: Plan): void;
  /** What is told of the sum; the sum itself where a fold says nothing else. */
  conclude?(tally: Tally, plan: Plan): Answer;
}

/** What is asked of all partitions together, by one worker: rows of several customers may say something of one another. */
export interface Survey<Plan, Answer> {
  /** No other survey is called so. */
  readonly name: string;
  of(partitions: readonly Partition[], plan: Plan): Answer;
}

/** All that workers can be asked. */
export interface Skills {
  // biome-ignore lint/suspicious/noExplicitAny: each has a plan, a tally and an answer of its own.
  folds: readonly Fold<any, any, any>[];
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  surveys: readonly Survey<any, any>[];
}

/**
 * Segments whose customers are added to one tally, one after the other. Tallies are merged in the order of partitions, so
 * that sums of floats are the same however many threads add them up.
 */
const PARTITIONS_A_TALLY = 8;

/** What is added to each tally, by the place of the first. */
export function partsOf<Each>(partitions: readonly Each[]): Each[][] {
  const parts: Each[][] = [];
  for (let from = 0; from < partitions.length; from += PARTITIONS_A_TALLY) {
    parts.push(partitions.slice(from, from + PARTITIONS_A_TALLY));
  }
  return parts;
}

/** Journeys that are added up before a worker looks whether anybody still wants the answer. */
const JOURNEYS_A_LOOK = 1_000;

/** Adds up the journeys of one part. `look` throws when nobody wants the answer any more. */
export function addUp<Plan, Tally>(
  { fold, plan }: { fold: Pick<Fold<Plan, Tally>, "empty" | "over">; plan: Plan },
  part: readonly Partition[],
  look: () => void,
): Tally {
  const tally = fold.empty(plan);
  for (const partition of part) {
    if (customerCount(partition) === 0) continue;
    const add = fold.over(partition, plan);
    eachJourney(partition, (journey) => {
      if (journey.customer % JOURNEYS_A_LOOK === 0) look();
      add(tally, journey);
    });
  }
  return tally;
}

/** Calls `each` with all journeys of a partition that count, in the order of customers; the object is used again. */
export function eachJourney(partition: Partition, each: (journey: Journey) => void): void {
  const { events, flags } = partition.customers;
  const journey: Journey = { customer: 0, from: 0, to: 0 };
  for (let customer = 0; customer < customerCount(partition); customer += 1) {
    if (flags[customer]! & IS_LEFT_OUT) continue;
    journey.customer = customer;
    journey.from = events[customer]!;
    journey.to = events[customer + 1]!;
    each(journey);
  }
}
