import type { Fold, Survey } from "../../../src/journeys/fold.ts";
import { work } from "../../../src/journeys/worker.ts";
import { AppError } from "../../../src/kit/errors.ts";

// Workers as they should not be: what they are asked for is the name of what they do.

/** What a fold does with each customer besides counting. */
const deeds: Record<string, (customer: number) => void> = {
  count: () => {},
  throw: () => {
    throw new Error("This fold has a fault.");
  },
  refuse: () => {
    throw new AppError("LIMIT_EXCEEDED", "Ask for less.", ["steps"]);
  },
  exit: () => process.exit(3),
  devour: () => {
    for (const all: number[][] = []; ; ) all.push(Array(100_000).fill(all.length + 0.5));
  },
  /** Looks up between journeys, but takes its time. */
  dawdle(customer) {
    if (customer % 50 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  },
  /** Never looks up. */
  hang: () => {
    for (;;);
  },
};

const folds = Object.entries(deeds).map(
  ([name, deed]): Fold<null, { customers: number }> => ({
    name,
    empty: () => ({ customers: 0 }),
    over: () => (tally, journey) => {
      deed(journey.customer);
      tally.customers += 1;
    },
    merge(tally, later) {
      tally.customers += later.customers;
    },
  }),
);

const rows: Survey<number, number[]> = {
  name: "rows",
  of: (partitions, most) => partitions.map(({ lengths }) => Math.min(lengths.customers, most)),
};

const end: Survey<null, never> = { name: "end", of: () => process.exit(3) };

work({ folds, surveys: [rows, end] });
