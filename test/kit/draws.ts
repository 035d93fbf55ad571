const LONG = process.env.FC_RUNS;

/** How many random cases a property tries: `everyDay`, for `withinMs` at most; FC_RUNS where that is set. */
export function draws(everyDay: number, withinMs?: number) {
  if (LONG) return { numRuns: Number(LONG) };
  return { numRuns: everyDay, ...(withinMs && { interruptAfterTimeLimit: withinMs }) };
}
