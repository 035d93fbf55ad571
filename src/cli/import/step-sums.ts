import { type IngestObserver, STEPS, type Step } from "../../ingest/steps.ts";

/** Seconds of each step of ingest, in the order of the steps. */
export type StepSeconds = Partial<Record<Step, number>>;

/** Adds up the time of each step over all batches of a file. */
export interface StepSums extends IngestObserver {
  seconds(): StepSeconds;
}

export function openStepSums(): StepSums {
  const sums = new Map<Step, number>();
  return {
    step: (step, seconds) => void sums.set(step, (sums.get(step) ?? 0) + seconds),
    receipts() {},
    seconds() {
      const known = (Object.keys(STEPS) as Step[]).filter((step) => sums.has(step));
      return Object.fromEntries(known.map((step) => [step, Math.round(sums.get(step)! * 100) / 100]));
    },
  };
}
