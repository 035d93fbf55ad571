import {
  type Combinations,
  combinationOf,
  countCombinations,
  noCombinations,
  numberOfCombination,
} from "../../journeys/combinations.ts";
import { noSamples, type Samples } from "../../journeys/samples.ts";
import { T, WIDTH } from "./totals.ts";

/** Rows of one answer. */
export const MAX_ROWS = 10_000;

/** What is added up: plain data, since it goes between threads. */
export interface KpiTally {
  /** By bucket: identified customers who did anything in it. */
  active: number[];
  /** Groups: the bucket, then the value along each dimension. */
  groups: Combinations;
  /** By group, `WIDTH` numbers each. */
  totals: Float64Array;
  /** By group and currency, in millionths. */
  costs: Combinations;
  amounts: bigint[];
  /** By group, source and scale (NaN for none): scores as they were given. */
  scales: Combinations;
  scores: { sum: number; count: number }[];
  /** Legs of customers who share a contact with others: see `openSettling`. */
  unsettled: Samples;
  /** More groups than an answer has rows: what is added up no longer matters. */
  isFull: boolean;
}

export function noTally(buckets: number, dimensions: number): KpiTally {
  return {
    active: Array(buckets).fill(0),
    groups: noCombinations(1 + dimensions),
    totals: new Float64Array(WIDTH),
    costs: noCombinations(2),
    amounts: [],
    scales: noCombinations(3),
    scores: [],
    unsettled: noSamples(),
    isFull: false,
  };
}

/** The number of a group, whose totals have room from then on. */
export function groupOf(tally: KpiTally, values: ArrayLike<number>): number {
  const group = numberOfCombination(tally.groups, values);
  if (group >= MAX_ROWS) tally.isFull = true;
  if ((group + 1) * WIDTH > tally.totals.length) {
    const before = tally.totals;
    tally.totals = new Float64Array(before.length * 2);
    tally.totals.set(before);
  }
  return group;
}

export function addCost(tally: KpiTally, key: ArrayLike<number>, millionths: bigint): void {
  const number = numberOfCombination(tally.costs, key);
  tally.amounts[number] = (tally.amounts[number] ?? 0n) + millionths;
}

export function addScores(
  tally: KpiTally,
  key: ArrayLike<number>,
  { sum, count }: { sum: number; count: number },
): void {
  const number = numberOfCombination(tally.scales, key);
  tally.scores[number] ??= { sum: 0, count: 0 };
  const scores = tally.scores[number];
  scores.sum += sum;
  scores.count += count;
}

/** Adds the totals of a later tally; the answer says which group each of its groups is here. */
export function addTotals(tally: KpiTally, later: KpiTally): number[] {
  tally.isFull ||= later.isFull;
  later.active.forEach((customers, bucket) => {
    tally.active[bucket]! += customers;
  });
  const groups: number[] = [];
  for (let other = 0; other < countCombinations(later.groups); other += 1) {
    const group = groupOf(tally, combinationOf(later.groups, other));
    groups.push(group);
    addNumbers(tally.totals.subarray(group * WIDTH), later.totals.subarray(other * WIDTH, (other + 1) * WIDTH));
  }
  later.amounts.forEach((amount, number) => {
    const [group, currency] = combinationOf(later.costs, number);
    addCost(tally, [groups[group!]!, currency!], amount);
  });
  later.scores.forEach((scores, number) => {
    const [group, ...scale] = combinationOf(later.scales, number);
    addScores(tally, [groups[group!]!, ...scale], scores);
  });
  return groups;
}

function addNumbers(numbers: Float64Array, later: Float64Array): void {
  const longest = Math.max(numbers[T.maxQueueSeconds]!, later[T.maxQueueSeconds]!);
  for (let place = 0; place < WIDTH; place += 1) numbers[place]! += later[place]!;
  numbers[T.maxQueueSeconds] = longest;
}
