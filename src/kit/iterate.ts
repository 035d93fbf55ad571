/** Items on their way from a writer to one reader. */
export interface Queue<Item> {
  push(item: Item): void;
  /** Ends the reading with an error, once the items before it are read. */
  fail(error: unknown): void;
  end(): void;
  /** For the reader; `end` is called when it stops. */
  iterator(end: () => void): AsyncIterableIterator<Item>;
}

/** A queue between one writer and one reader that waits; a reader that lets more than `most` pile up is cut off. */
export function openQueue<Item>(most: number): Queue<Item> {
  const items: Item[] = [];
  let wake = () => {};
  let isOver = false;
  let fault: unknown;
  async function* read(): AsyncGenerator<Item, void> {
    for (;;) {
      for (let item = items.shift(); item !== undefined; item = items.shift()) yield item;
      if (fault !== undefined) throw fault;
      if (isOver) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    push(item) {
      if (items.length >= most) isOver = true;
      else if (!isOver) items.push(item);
      wake();
    },
    fail(error) {
      fault = error;
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
    iterator: (end) => endingWith(read(), end),
  };
}

/**
 * A generator with an end. One that waits cannot be stopped from outside; here `end` wakes it, and it finds that it is
 * over.
 */
export function endingWith<Item>(generator: AsyncGenerator<Item, void>, end: () => void): AsyncIterableIterator<Item> {
  return {
    next: () => generator.next(),
    return() {
      end();
      return generator.return();
    },
    throw(error) {
      end();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
