/** Repeats the work, each time this long after it finished and never twice at once. Answers how to stop. */
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
