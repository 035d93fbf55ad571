/** Does the work again and again, each time so long after it was finished: never beside itself. Answers how to stop. */
export function repeat(work: () => Promise<unknown>, pauseMs: number): () => void {
  let timer = setTimeout(run, pauseMs).unref();
  let isOver = false;
  async function run(): Promise<void> {
    await work();
    if (!isOver) timer = setTimeout(run, pauseMs).unref();
  }
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
