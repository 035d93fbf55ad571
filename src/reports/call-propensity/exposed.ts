import type { MoneyType } from "../../fields/money.type.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { moneyOfEach } from "../../journeys/money-sums.ts";
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
  { texts, nameOf }: { texts: Dictionaries["texts"]; nameOf: (item: number) => string | null },
): Exposed[] {
  const costOf = moneyOfEach(costs, (key) => itemAndCurrencyOf(key, plan), texts);
  return Array.from({ length: items.keys.length }, (_, place) => {
    const item = items.keys.values[place]!;
    const [exposures, conversions] = [EXPOSURES, CONVERSIONS].map((which) => items.values.values[place * 2 + which]!);
    return { item: nameOf(item)!, exposures: exposures!, conversions: conversions!, cost: costOf.get(item) ?? [] };
  });
}
