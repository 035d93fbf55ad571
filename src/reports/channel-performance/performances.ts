import type { MoneyType } from "../../fields/money.type.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { amountsOf } from "../../journeys/money-sums.ts";
import type { Sums } from "../../journeys/sums.ts";
import { byText } from "../../kit/order.ts";
import {
  CALLS,
  type ChannelPerformancePlan,
  type ChannelPerformanceTally,
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
  { counts, revenue, cost, named }: ChannelPerformanceTally,
  { texts: size, transactions }: ChannelPerformancePlan,
  texts: Dictionaries["texts"],
): Performance[] {
  const orders = distinctByValue(named.values.subarray(0, named.length), transactions);
  const revenues = moneyByValue(revenue, size, texts);
  const costs = moneyByValue(cost, size, texts);
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

/** Sums of each value, in order of currency. */
function moneyByValue(sums: Sums, size: number, texts: Dictionaries["texts"]): Map<number, MoneyType[]> {
  const money = new Map<number, MoneyType[]>();
  for (const { key, amount } of amountsOf(sums)) {
    const { value, other } = partsOfKey(key, size);
    money.set(value, [...(money.get(value) ?? []), { amount, currency: texts.of(other)! }]);
  }
  for (const list of money.values()) list.sort((a, b) => byText(a.currency, b.currency));
  return money;
}
