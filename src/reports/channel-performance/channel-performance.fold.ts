import { MATCH_STATUSES, TOUCHPOINT_KINDS } from "../../fields/choices.ts";
import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import type { Partition } from "../../journeys/columns.ts";
import type { Winners } from "../../journeys/contest.ts";
import { type CountedPlan, compileCounted } from "../../journeys/counted.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import { addMoney, noMoney } from "../../journeys/money-sums.ts";
import { addSample, addSamples, noSamples, type Samples } from "../../journeys/samples.ts";
import { firstSince } from "../../journeys/seek.ts";
import { addSums, noSums, placeAmong, type Sums } from "../../journeys/sums.ts";
import { compileEarned } from "../../journeys/transactions.ts";
import { compileValues, type Values, type ValuesPlan, valuesAt } from "../../journeys/values.ts";
import { compileCost } from "../worth.ts";

/** What was asked, in numbers. */
export interface ChannelPerformancePlan {
  from: number;
  to: number;
  by: ValuesPlan;
  audience: AudiencePlan;
  calls: CountedPlan;
  /** Of each transaction, the event that stated its money last. */
  statedLast: Winners;
  /** More than the number of any value, and how many transactions there are. */
  texts: number;
  transactions: number;
}

/** Sums by value, the number of a text, -1 for none; and by what `valueKeyOf` makes of a value and another number. */
export interface ChannelPerformanceTally {
  counts: Sums;
  /** By value and currency. */
  revenue: Sums;
  cost: Sums;
  /** Transactions with an id, by value, each as often as it is named. */
  named: Samples;
}

export type ChannelPerformanceCount = Omit<ChannelPerformanceTally, "named"> & {
  /** Transactions with an id, by value, each once. */
  orders: Map<number, number>;
};

/** Sums of a value; the transactions are those without an id. */
export const [INTERACTIONS, CALLS, MATCHED, TRANSACTIONS] = [0, 1, 2, 3] as const;

/** Every event of the period is put under the value that it carries itself. */
export const channelPerformanceFold: Fold<ChannelPerformancePlan, ChannelPerformanceTally, ChannelPerformanceCount> = {
  name: "channel performance",
  empty: () => ({ counts: noSums(4), revenue: noMoney(), cost: noMoney(), named: noSamples() }),
  over(partition, plan) {
    const { at } = partition.events;
    const isOf = compileAudience(partition, plan.audience);
    const values = compileValues(partition, plan.by);
    const isNew = novelty(partition, plan);
    const addWorth = worthAdder(partition, plan);
    const addCalls = callAdder(partition, plan, values);
    return (tally, journey) => {
      if (!isOf(journey)) return;
      const end = firstSince(at, plan.to, journey);
      for (let event = firstSince(at, plan.from, journey); event < end; event += 1) {
        const own = valuesAt(values, event, journey);
        for (let i = 0; i < own.length; i += 1) {
          const value = own[i]!;
          if (isNew(value, event, journey)) add(tally, value, INTERACTIONS);
          addWorth(tally, event, value);
        }
      }
      addCalls(tally, journey);
    };
  },
  merge(tally, later) {
    addSums(tally.counts, later.counts);
    addSums(tally.revenue, later.revenue);
    addSums(tally.cost, later.cost);
    addSamples(tally.named, later.named);
  },
  conclude: ({ named, ...tally }, { transactions }) => ({
    ...tally,
    orders: distinctByValue(named.values.subarray(0, named.length), transactions),
  }),
};

/** How many transactions each value has, each once. */
function distinctByValue(keys: Float64Array, transactions: number): Map<number, number> {
  const counts = new Map<number, number>();
  const sorted = keys.slice().sort();
  sorted.forEach((key, i) => {
    if (key === sorted[i - 1]) return;
    const { value } = partsOfKey(key, transactions);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  return counts;
}

/** A value together with another number, of which there are so many, as one. */
export const valueKeyOf = (value: number, other: number, others: number): number => (value + 1) * others + other;
export function partsOfKey(key: number, others: number): { value: number; other: number } {
  return { value: Math.floor(key / others) - 1, other: key % others };
}

function add({ counts }: ChannelPerformanceTally, value: number, which: number): void {
  const place = placeAmong(counts, value) * counts.width;
  counts.values.values[place + which]! += 1;
}

/** Stands where no event of an interaction was seen. */
const UNSEEN = -2;

/**
 * Whether an event is the first of its interaction, within its journey, to have the value. Most interactions have one value,
 * which is kept by their number.
 */
function novelty({ events: { interaction } }: Partition, { texts }: ChannelPerformancePlan) {
  const others = new Set<number>();
  let firsts = new Int32Array(64);
  let [customer, count] = [-1, 0];
  const numbered = (number: number): void => {
    if (number >= firsts.length) {
      const before = firsts;
      firsts = new Int32Array(2 * (number + 1));
      firsts.set(before);
    }
    firsts.fill(UNSEEN, count, number + 1);
    count = number + 1;
  };
  return (value: number, event: number, journey: Journey): boolean => {
    if (customer !== journey.customer) {
      customer = journey.customer;
      count = 0;
      others.clear();
    }
    const number = interaction[event]!;
    if (number >= count) numbered(number);
    if (firsts[number] === value) return false;
    if (firsts[number] === UNSEEN) {
      firsts[number] = value;
      return true;
    }
    const key = valueKeyOf(number, value + 1, texts + 1);
    if (others.has(key)) return false;
    others.add(key);
    return true;
  };
}

const CALL = TOUCHPOINT_KINDS.indexOf("CALL");
const TRANSACTION = TOUCHPOINT_KINDS.indexOf("TRANSACTION");

/** What adds the money and the transaction of an event; only legs, calls and transactions have any. */
function worthAdder(partition: Partition, { statedLast, texts, transactions }: ChannelPerformancePlan) {
  const { isLeg, kind } = partition.events;
  const earnedBy = compileEarned(partition, statedLast);
  const costOf = compileCost(partition);
  return (tally: ChannelPerformanceTally, event: number, value: number): void => {
    const isTransaction = kind[event] === TRANSACTION;
    if (!isLeg[event] && !isTransaction && kind[event] !== CALL) return;
    const earned = earnedBy(event);
    if (earned.transaction !== -1) addSample(tally.named, valueKeyOf(value, earned.transaction, transactions));
    else if (isTransaction) add(tally, value, TRANSACTIONS);
    if (isLeg[event] || isTransaction) addMoney(tally.revenue, valueKeyOf(value, earned.currency, texts), earned);
    const cost = costOf(event);
    addMoney(tally.cost, valueKeyOf(value, cost.currency, texts), cost);
  };
}

const IS_MATCHED = MATCH_STATUSES.indexOf("MATCHED");

/** What adds the calls of a journey that count. */
function callAdder(partition: Partition, plan: ChannelPerformancePlan, values: Values) {
  const { isLeg, link } = partition.events;
  const { matchStatus } = partition.legs;
  const callsOf = compileCounted(partition, plan.calls);
  return (tally: ChannelPerformanceTally, journey: Journey): void => {
    const { length, events } = callsOf(journey);
    for (let i = 0; i < length; i += 1) {
      const call = events[i]!;
      const isMatched = isLeg[call] && matchStatus[link[call]!] === IS_MATCHED;
      const own = valuesAt(values, call, journey);
      for (let v = 0; v < own.length; v += 1) {
        add(tally, own[v]!, CALLS);
        if (isMatched) add(tally, own[v]!, MATCHED);
      }
    }
  };
}
