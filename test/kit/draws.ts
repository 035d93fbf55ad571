/** How often a property is tried: enough for every day, and FC_RUNS times when there is longer. */
export const draws = (everyDay: number) => ({ numRuns: Number(process.env.FC_RUNS ?? everyDay) });
