import type { MoneyType } from "../../fields/money.type.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { quotientOf } from "../../journeys/money.ts";
import type { Sums } from "../../journeys/sums.ts";
import {
  type CallPropensityPlan,
  type CallPropensityTally,
  CONVERSIONS,
  EXPOSURES,
  itemAndCurrencyOf,
} from "./tally.ts";

/** An item, with how often customers were there and called, and what those calls cost. */
export interface Exposed {
  item: string;
  exposures: number;
  conversions: number;
  cost: MoneyType[];
}

/** Every item that anybody was exposed to. */
export function exposedOf(
  { items, costs }: CallPropensityTally,
  plan: CallPropensityPlan,
  texts: Dictionaries["texts"],
): Exposed[] {
  const costOf = costsByItem(costs, plan, texts);
  return Array.from({ length: items.keys.length }, (_, place) => {
    const item = items.keys.values[place]!;
    const [exposures, conversions] = [EXPOSURES, CONVERSIONS].map((which) => items.values.values[place * 2 + which]!);
    return { item: texts.of(item)!, exposures: exposures!, conversions: conversions!, cost: costOf.get(item) ?? [] };
  });
}

/** In order of currency. */
function costsByItem(
  { keys, values, width }: Sums,
  plan: CallPropensityPlan,
  texts: Dictionaries["texts"],
): Map<number, MoneyType[]> {
  const costs = new Map<number, MoneyType[]>();
  for (let place = 0; place < keys.length; place += 1) {
    const { item, currency } = itemAndCurrencyOf(keys.values[place]!, plan);
    const [millions, units, millionths] = Array.from(
      values.values.subarray(place * width, (place + 1) * width),
      BigInt,
    );
    const amount = quotientOf((millions! * 1_000_000n + units!) * 1_000_000n + millionths!, 1);
    costs.set(item, [...(costs.get(item) ?? []), { amount, currency: texts.of(currency)! }]);
  }
  for (const list of costs.values()) list.sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return costs;
}
