import type { Dictionaries } from "../../journeys/dictionary.ts";
import { moneyOfEach } from "../../journeys/money-sums.ts";
import {
  CALLS,
  type ChannelPerformanceCount,
  type ChannelPerformancePlan,
  INTERACTIONS,
  MATCHED,
  partsOfKey,
  TRANSACTIONS,
} from "./channel-performance.fold.ts";
import type { ChannelPerformanceRowType } from "./channel-performance.type.ts";

/** A row, its value still as a number: -1 for none. */
export type Performance = Omit<ChannelPerformanceRowType, "value"> & { value: number };

/** What happened with each value. */
export function performancesOf(
  { counts, revenue, cost, orders }: ChannelPerformanceCount,
  { texts: size }: ChannelPerformancePlan,
  texts: Dictionaries["texts"],
): Performance[] {
  const partsOf = (key: number) => {
    const { value: of, other: currency } = partsOfKey(key, size);
    return { of, currency };
  };
  const revenues = moneyOfEach(revenue, partsOf, texts);
  const costs = moneyOfEach(cost, partsOf, texts);
  return Array.from(counts.keys.values.subarray(0, counts.keys.length), (value, place) => {
    const count = (which: number) => counts.values.values[place * counts.width + which]!;
    return {
      value,
      interactions: count(INTERACTIONS),
      calls: count(CALLS),
      matchedCalls: count(MATCHED),
      transactions: count(TRANSACTIONS) + (orders.get(value) ?? 0),
      revenue: revenues.get(value) ?? [],
      cost: costs.get(value) ?? [],
    };
  });
}
