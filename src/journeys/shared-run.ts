/**
 * Work of which one run at a time goes on. Whoever asks meanwhile gets the answer of the next run, which all who wait share:
 * this one began before they asked.
 */
export function openSharedRun<Answer>(run: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Answer> | null = null;
  return () => {
    next ??= running.then(() => {
      const answer = run();
      running = answer.catch(() => {});
      next = null;
      return answer;
    });
    return next;
  };
}

/** The answer of work that goes on for others, or the reason for which the signal aborts. */
export function whileWanted<Answer>(work: Promise<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
