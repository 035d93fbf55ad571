import { sum, unique } from "../kit/recount.ts";
import type { Journey } from "./recount.ts";

/** Average gain over all orders in which the items of a journey may come together. */
export function shapley(items: readonly string[], worthOf: (items: readonly string[]) => number): Map<string, number> {
  const orders = permutations(unique(items));
  const gains = new Map<string, number>();
  for (const order of orders) {
    order.forEach((item, i) => {
      const gain = worthOf(order.slice(0, i + 1)) - worthOf(order.slice(0, i));
      gains.set(item, (gains.get(item) ?? 0) + gain / orders.length);
    });
  }
  const clipped = new Map([...gains].map(([item, gain]) => [item, Math.max(0, gain)]));
  const all = sum([...clipped.values()]);
  // What is left of values that cancel out is the noise of a float, not a value.
  return new Map([...clipped].map(([item, gain]) => [item, all > 1e-12 ? gain / all : 1 / clipped.size]));
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

/** Smoothed rate of the journeys with exactly these items. */
export function worthIn(journeys: readonly Journey[]): (items: readonly string[]) => number {
  const keyOf = (items: readonly string[]) => unique(items).sort().join("\n");
  const keys = journeys.map(({ items }) => keyOf(items));
  const overall = journeys.filter((journey) => journey.call).length / journeys.length;
  return (items) => {
    if (items.length === 0) return 0;
    const key = keyOf(items);
    const same = journeys.filter((_, i) => keys[i] === key);
    if (same.length < 5) return overall;
    return (same.filter((journey) => journey.call).length + 10 * overall) / (same.length + 10);
  };
}

/** What would be lost without each item, by walking the chain until hardly anybody is still on the way. */
export function removalEffects(journeys: readonly Journey[]): Map<string, number> {
  const items = unique(journeys.flatMap((journey) => journey.items));
  const chance = conversionChance(journeys, null);
  const effects = items.map((item) => Math.max(0, 1 - conversionChance(journeys, item) / chance));
  return new Map(items.map((item, i) => [item, effects[i]! / sum(effects)]));
}

function conversionChance(journeys: readonly Journey[], removed: string | null): number {
  const moves = journeys.flatMap(({ items, call }) =>
    ["(start)", ...items].map((from, i) => ({
      from,
      to: items[i] ?? (call ? "(conversion)" : "(nothing)"),
    })),
  );
  let here = new Map([["(start)", 1]]);
  let converted = 0;
  for (let step = 0; step < 2_000 && here.size > 0; step++) {
    const next = new Map<string, number>();
    for (const [from, chance] of here) {
      const ways = moves.filter((move) => move.from === from);
      for (const { to } of ways) {
        if (to === "(conversion)") converted += chance / ways.length;
        else if (to !== "(nothing)" && to !== removed) next.set(to, (next.get(to) ?? 0) + chance / ways.length);
      }
    }
    here = new Map([...next].filter(([, chance]) => chance > 1e-15));
  }
  return converted;
}
