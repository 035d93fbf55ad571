const LONG = process.env.FC_RUNS;

/** How often a property is tried: enough for every day, within a time if one is given; FC_RUNS times when it is set. */
export function draws(everyDay: number, withinMs?: number) {
  if (LONG) return { numRuns: Number(LONG) };
  return { numRuns: everyDay, ...(withinMs && { interruptAfterTimeLimit: withinMs }) };
}
