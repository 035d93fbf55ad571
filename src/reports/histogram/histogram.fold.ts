import { type AudiencePlan, compileAudience, happened } from "../../journeys/audience.ts";
import { IS_NOBODY } from "../../journeys/columns.ts";
import { type CountedPlan, compileCounted } from "../../journeys/counted.ts";
import type { Fold } from "../../journeys/fold.ts";
import type { MatcherPlan } from "../../journeys/matcher.ts";

/** What was asked, in numbers. */
export interface HistogramPlan {
  metric: CountedPlan;
  /** Who is counted: customers with such an event in the metric's period. */
  universe: MatcherPlan;
  audience: AudiencePlan;
  /** The least count of each bucket, rising from 0. */
  bounds: readonly number[];
}

export interface HistogramTally {
  /** By bucket. */
  customers: number[];
  events: number;
  /** Events that nothing identifies. */
  unidentified: number;
}

/** How many customers did something never, once, twice, n times. */
export const histogramFold: Fold<HistogramPlan, HistogramTally> = {
  name: "histogram",
  empty: ({ bounds }) => ({ customers: bounds.map(() => 0), events: 0, unidentified: 0 }),
  over(partition, { metric, universe, audience, bounds }) {
    const { flags } = partition.customers;
    const count = compileCounted(partition, metric);
    const isOf = compileAudience(partition, audience);
    const isThere = happened(partition, universe, metric);
    return (tally, journey) => {
      if (flags[journey.customer]! & IS_NOBODY) {
        tally.unidentified += count(journey).length;
      } else if (isThere(journey) && isOf(journey)) {
        const { length } = count(journey);
        tally.customers[bucketOf(length, bounds)]! += 1;
        tally.events += length;
      }
    };
  },
  merge(tally, later) {
    later.customers.forEach((customers, bucket) => {
      tally.customers[bucket]! += customers;
    });
    tally.events += later.events;
    tally.unidentified += later.unidentified;
  },
};

/** The last bucket that begins at a count or below. */
function bucketOf(count: number, bounds: readonly number[]): number {
  let bucket = bounds.length - 1;
  while (bounds[bucket]! > count) bucket -= 1;
  return bucket;
}
