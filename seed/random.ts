/** A repeatable source of chance: the same seed gives the same draws on every machine. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(least: number, greatest: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, each as often as its weight says. */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item;
  /** A length around `mean`, sometimes much longer, as waiting and talking times are. */
  around(mean: number): number;
  /** A source of its own, so that a draw for one subject never changes those of another. */
  fork(label: string): Random;
}

export function openRandom(seed: number): Random {
  const next = mulberry32(seed);
  const int = (least: number, greatest: number) => least + Math.floor(next() * (greatest - least + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)]!,
    weighted: (items, weightOf) => weighted(items, weightOf, next()),
    around: (mean) => Math.max(1, Math.round(mean * (0.35 + 0.5 * next() - 0.45 * Math.log(1 - next())))),
    fork: (label) => openRandom(mixed(seed, label)),
  };
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mix = Math.imul(state ^ (state >>> 15), state | 1);
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
    return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
  };
}

function weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number, draw: number): Item {
  let rest = draw * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    rest -= weightOf(item);
    if (rest < 0) return item;
  }
  return items.at(-1)!;
}

/** FNV-1a of the label, starting from the seed. */
function mixed(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const letter of label) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}
