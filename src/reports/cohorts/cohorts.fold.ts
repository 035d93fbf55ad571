import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import { anyOf, type MatcherPlan } from "../../journeys/matcher.ts";
import { addSums, noSums, placeAmong, type Sums } from "../../journeys/sums.ts";
import { compileSingle, type ValuesPlan } from "../../journeys/values.ts";

/** What was asked, in numbers. */
export interface CohortsPlan {
  from: number;
  to: number;
  /** From when on each interval holds what happens. */
  intervals: readonly number[];
  inclusion: readonly Criterion[];
  returns: readonly Criterion[];
  rolling: boolean;
  /** What the event has that includes a customer; null where cohorts are intervals. */
  value: ValuesPlan | null;
  audience: AudiencePlan;
}

interface Criterion {
  anyOf: readonly MatcherPlan[];
  atLeast: number;
}

/**
 * By cohort, which is an interval or the number of a value (-1 for none): its customers, and then by offset, from the
 * earliest, those who are eligible and those who returned.
 */
export type CohortsTally = Sums;

/** Where the two numbers of an offset stand behind the customers. */
export const offsetPlace = (offset: number, { intervals }: Pick<CohortsPlan, "intervals">): number =>
  1 + 2 * (offset + intervals.length - 1);

/** Each customer is in one cohort: that of the first interval in which all criteria of inclusion hold. */
export const cohortsFold: Fold<CohortsPlan, CohortsTally> = {
  name: "cohorts",
  empty: ({ intervals }) => noSums(1 + 2 * (2 * intervals.length - 1)),
  over(partition, plan) {
    const isOf = compileAudience(partition, plan.audience);
    const { flags } = partition.customers;
    const walk = walkerOf(partition, plan);
    return (tally, journey) => {
      if (flags[journey.customer]! & IS_NOBODY || !isOf(journey)) return;
      const { included, value, returned } = walk(journey);
      if (included !== -1) enter(tally, plan, { cohort: plan.value ? value : included, included, returned });
    };
  },
  merge: addSums,
};

interface Walked {
  /** The interval; -1 for none. */
  included: number;
  value: number;
  /** By interval, whether all criteria of a return hold in it. */
  returned: Uint8Array;
}

/** What goes through a journey; the object is used again. */
function walkerOf(partition: Partition, plan: CohortsPlan): (journey: Journey) => Walked {
  const { at } = partition.events;
  const { from, to, intervals } = plan;
  const readValue = plan.value ? compileSingle(partition, plan.value) : () => -1;
  const inclusion = countingOf(partition, plan.inclusion);
  const returns = countingOf(partition, plan.returns);
  const walked: Walked = { included: -1, value: -1, returned: new Uint8Array(intervals.length) };
  return (journey) => {
    walked.included = -1;
    walked.returned.fill(0);
    let interval = 0;
    inclusion.begin();
    returns.begin();
    for (let event = journey.from; event < journey.to && at[event]! < to; event += 1) {
      if (at[event]! < from) continue;
      const before = interval;
      while (interval + 1 < intervals.length && intervals[interval + 1]! <= at[event]!) interval += 1;
      if (interval !== before) {
        inclusion.begin();
        returns.begin();
      }
      if (returns.holds(event, journey)) walked.returned[interval] = 1;
      if (walked.included !== -1 || !inclusion.holds(event, journey)) continue;
      walked.included = interval;
      walked.value = readValue(event, journey);
    }
    return walked;
  };
}

/** What counts the events of one interval, and says whether all criteria hold by now. */
function countingOf(partition: Partition, criteria: readonly Criterion[]) {
  const means = criteria.map((criterion) => anyOf(partition, criterion.anyOf));
  const missing = new Int32Array(criteria.length);
  return {
    begin(): void {
      for (let i = 0; i < criteria.length; i += 1) missing[i] = criteria[i]!.atLeast;
    },
    holds(event: number, journey: Journey): boolean {
      let hold = true;
      for (let i = 0; i < means.length; i += 1) {
        if (missing[i]! > 0 && means[i]!(event, journey)) missing[i]! -= 1;
        if (missing[i]! > 0) hold = false;
      }
      return hold;
    },
  };
}

function enter(
  tally: CohortsTally,
  plan: CohortsPlan,
  { cohort, included, returned }: { cohort: number; included: number; returned: Uint8Array },
): void {
  const base = placeAmong(tally, cohort) * tally.width;
  const { values } = tally.values;
  values[base]! += 1;
  let isRolling = true;
  for (let interval = 0; interval < plan.intervals.length; interval += 1) {
    if (interval === included) continue;
    const place = base + offsetPlace(interval - included, plan);
    if (plan.rolling && interval > included) isRolling &&= returned[interval] === 1;
    values[place]! += 1;
    if (returned[interval] && (interval < included || isRolling)) values[place + 1]! += 1;
  }
}
