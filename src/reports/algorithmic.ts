/** Journeys that touched exactly these items. */
export interface ItemSet {
  items: readonly string[];
  conversions: number;
  misses: number;
}

/** How many journeys' worth of the overall rate is mixed into each set's own: ten. */
const SMOOTHING = 10;
/** Journeys below which a set's own rate says nothing, and the overall one stands in for it. */
const MINIMUM_SUPPORT = 5;
/** Items up to which it is cheaper to try each subset than to look through the sets that were seen. */
const ENUMERABLE = 12;

/** Shares of one conversion by item. */
export type Shares = (items: readonly string[]) => Map<string, number>;

/**
 * Shapley values of the game in which a set of items is worth the smoothed rate at which journeys with exactly that set
 * convert. A set that was hardly seen is worth the overall rate, nothing is worth nothing. Since the value is linear in
 * the game, only the sets that were seen need adding up, which is exact for any number of items. Negative values are
 * taken as 0; where all are 0, the items share evenly.
 */
export function shapleyOf(sets: readonly ItemSet[]): Shares {
  const overall = overallRate(sets);
  const excess = new Map<string, { items: readonly string[]; value: number }>();
  for (const { items, conversions, misses } of sets) {
    const journeys = conversions + misses;
    if (items.length === 0 || journeys < MINIMUM_SUPPORT) continue;
    const rate = (conversions + SMOOTHING * overall) / (journeys + SMOOTHING);
    excess.set(keyOf(items), { items: sorted(items), value: rate - overall });
  }
  return (items) => {
    const all = sorted(items);
    const values = new Map(all.map((item) => [item, overall / all.length]));
    for (const seen of subsetsSeen(all, excess)) addDividend(values, seen);
    return normalised(values);
  };
}

function overallRate(sets: readonly ItemSet[]): number {
  const conversions = sets.reduce((sum, set) => sum + set.conversions, 0);
  const journeys = sets.reduce((sum, set) => sum + set.conversions + set.misses, 0);
  return journeys === 0 ? 0 : conversions / journeys;
}

/** A game worth `value` for exactly one set: its members gain what completing it brings, the others lose what breaking it costs. */
function addDividend(values: Map<string, number>, seen: { items: readonly string[]; value: number }): void {
  const members = new Set(seen.items);
  const [size, all] = [members.size, values.size];
  const gain = seen.value * orderShare(size - 1, all);
  const loss = size < all ? seen.value * orderShare(size, all) : 0;
  for (const [item, value] of values) values.set(item, members.has(item) ? value + gain : value - loss);
}

/** Of all orders of n items, the share in which exactly a given set of `before` comes before a given item: before!(n-before-1)!/n!. */
function orderShare(before: number, n: number): number {
  let share = 1 / n;
  for (let i = 1; i <= before; i++) share *= i / (n - i);
  return share;
}

function* subsetsSeen<Seen extends { items: readonly string[] }>(all: readonly string[], sets: Map<string, Seen>) {
  if (all.length > ENUMERABLE || 2 ** all.length > sets.size) {
    const present = new Set(all);
    for (const seen of sets.values()) if (seen.items.every((item) => present.has(item))) yield seen;
    return;
  }
  for (let mask = 1; mask < 2 ** all.length; mask++) {
    const seen = sets.get(keyOf(all.filter((_, i) => mask & (1 << i))));
    if (seen) yield seen;
  }
}

function normalised(values: Map<string, number>): Map<string, number> {
  const kept = new Map([...values].map(([item, value]) => [item, Math.max(0, value)]));
  const sum = [...kept.values()].reduce((total, value) => total + value, 0);
  return new Map([...kept].map(([item, value]) => [item, sum > 0 ? value / sum : 1 / kept.size]));
}

function sorted(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

function keyOf(items: readonly string[]): string {
  return JSON.stringify(sorted(items));
}
