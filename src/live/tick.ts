import { AppError } from "../kit/errors.ts";

const MOST_SECONDS = 3_600;

/** An event at once, then one each time that this many seconds have passed since the last was read. */
export function everySeconds(seconds: number): AsyncIterableIterator<number> {
  if (!(seconds >= 1 && seconds <= MOST_SECONDS)) {
    throw new AppError("BAD_INPUT", `Send \`everySeconds\` between 1 and ${MOST_SECONDS}.`, ["everySeconds"]);
  }
  let count = 0;
  let isOver = false;
  let stop = () => {};
  return {
    async next() {
      if (count > 0 && !isOver) await new Promise<void>((resolve) => (stop = pauseFor(seconds, resolve)));
      if (isOver) return { value: undefined, done: true };
      count += 1;
      return { value: count, done: false };
    },
    async return() {
      isOver = true;
      stop();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Answers a function that ends the pause early. */
function pauseFor(seconds: number, done: () => void): () => void {
  const timer = setTimeout(done, seconds * 1_000);
  return () => {
    clearTimeout(timer);
    done();
  };
}
