import { setImmediate } from "node:timers/promises";

// Work of which each part is short, and all parts in one go would hold up whoever else is asking.

/** Items that are worked on before others have the processor: one with many fields takes a third of a millisecond. */
const AT_ONCE = 4;

let last: Promise<unknown> = Promise.resolve();

/** A turn of the event loop that no other paced work has, so that several of them hold nobody up for longer than one. */
function nextTurn(): Promise<unknown> {
  last = last.then(calm).then(() => setImmediate());
  return last;
}

/** How many go before paced work, and what goes on once none does. */
let first = 0;
let resume = () => {};
/** Paced work waits no longer: where somebody is always first, it goes on all the same. */
const WAIT_MS = 10;

/**
 * Paced work lets this one go first until the answered function is called: an answer takes several turns of the event loop,
 * and would wait for a part of that work in each.
 */
export function goFirst(): () => void {
  first += 1;
  let isFirst = true;
  return () => {
    if (!isFirst) return;
    isFirst = false;
    first -= 1;
    if (first === 0) resume();
  };
}

function calm(): Promise<void> | undefined {
  if (first === 0) return;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WAIT_MS);
    resume = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** A list for GraphQL to complete a few items at a time. */
export function paced<Item>(items: readonly Item[]): (Item | Promise<Item>)[] {
  let turn: Promise<unknown> = Promise.resolve();
  return items.map((item, i) => {
    if (i < AT_ONCE) return item;
    if (i % AT_ONCE === 0) turn = turn.then(nextTurn);
    return turn.then(() => item);
  });
}

/** What is made of each item, a few at a time. */
export async function mapPaced<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Promise<Made[]> {
  const made: Made[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    if (from > 0) await nextTurn();
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

/** Shorter lists are written in one go. */
const FEW = 32;

/** What `JSON.stringify` would write, in parts: long lists in plain objects a few items at a time. */
export async function* jsonInParts(value: unknown): AsyncGenerator<string> {
  if (Array.isArray(value) && value.length > FEW) yield* listInParts(value);
  else if (holdsLongList(value)) yield* objectInParts(value);
  else yield JSON.stringify(value) ?? "null";
}

async function* listInParts(list: readonly unknown[]): AsyncGenerator<string> {
  yield "[";
  for (let from = 0; from < list.length; from += AT_ONCE) {
    if (from > 0) await nextTurn();
    const some = JSON.stringify(list.slice(from, from + AT_ONCE)).slice(1, -1);
    yield from > 0 ? `,${some}` : some;
  }
  yield "]";
}

async function* objectInParts(object: object): AsyncGenerator<string> {
  let opening = "{";
  for (const [name, value] of Object.entries(object)) {
    const isLong = holdsLongList(value);
    const text = isLong ? "" : JSON.stringify(value);
    if (text === undefined) continue;
    yield `${opening}${JSON.stringify(name)}:${text}`;
    if (isLong) yield* jsonInParts(value);
    opening = ",";
  }
  yield opening === "{" ? "{}" : "}";
}

/** Whether a long list lies in it, not below any list: answers are objects with lists of rows. */
export function holdsLongList(value: unknown): value is object {
  if (Array.isArray(value)) return value.length > FEW;
  if (typeof value !== "object" || value === null || "toJSON" in value) return false;
  return Object.values(value).some(holdsLongList);
}
