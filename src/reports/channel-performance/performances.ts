import type { MoneyType } from "../../fields/money.type.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { amountsOf } from "../../journeys/money-sums.ts";
import type { Sums } from "../../journeys/sums.ts";
import { byText } from "../../kit/order.ts";
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
