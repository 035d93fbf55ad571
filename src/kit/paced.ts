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
