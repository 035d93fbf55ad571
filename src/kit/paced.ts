import { setImmediate } from "node:timers/promises";

/** Items that are worked on before others have the processor. */
const AT_ONCE = 16;

/**
 * A list for GraphQL to complete a few items at a time. Each item of a long list with many fields takes a part of a
 * millisecond, and all of them in one go would hold up whoever else is asking.
 */
export function paced<Item>(items: readonly Item[]): (Item | Promise<Item>)[] {
  let turn: Promise<unknown> = Promise.resolve();
  return items.map((item, i) => {
    if (i < AT_ONCE) return item;
    if (i % AT_ONCE === 0) turn = turn.then(() => setImmediate());
    return turn.then(() => item);
  });
}

/** What is made of each item, a few at a time. */
export async function mapPaced<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Promise<Made[]> {
  const made: Made[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    if (from > 0) await setImmediate();
    for (const item of items.slice(from, from + AT_ONCE)) made.push(make(item));
  }
  return made;
}

/** How long others wait for the processor at most, but for the one item that takes longer. */
const TURN_MS = 5;

/** For work on many items that each take from microseconds to milliseconds: whether it is others' turn, and theirs. */
export function takeTurns() {
  let begun = performance.now();
  return {
    isOver: () => performance.now() - begun >= TURN_MS,
    async next(): Promise<void> {
      await setImmediate();
      begun = performance.now();
    },
  };
}
