import type { Partition } from "../../journeys/columns.ts";
import type { Journey } from "../../journeys/fold.ts";
import { compileLegValues } from "../../journeys/leg-dimension.ts";
import { type ValuesPlan, valuesAt } from "../../journeys/values.ts";
import { compileBucket } from "../buckets.ts";
import { groupOf, type KpiTally } from "./tally.ts";

interface GroupingPlan {
  /** From when on each stretch of the calendar holds what happens. */
  buckets: readonly number[];
  groups: readonly ValuesPlan[];
}

/** The groups of a leg: its bucket, with every combination of the values that it has. The list is used again. */
export function compileGroups(partition: Partition, plan: GroupingPlan) {
  const bucketAt = compileBucket(plan.buckets);
  const values = plan.groups.map((group) => compileLegValues(partition, group));
  const key = new Float64Array(1 + values.length);
  const groups: number[] = [];
  const combine = (tally: KpiTally, row: number, journey: Journey, place: number): void => {
    if (place === values.length) {
      groups.push(groupOf(tally, key));
      return;
    }
    const own = valuesAt(values[place]!, row, journey);
    for (let i = 0; i < own.length; i += 1) {
      key[place + 1] = own[i]!;
      combine(tally, row, journey, place + 1);
    }
  };
  return (tally: KpiTally, row: number, journey: Journey, at: number): readonly number[] => {
    groups.length = 0;
    key[0] = bucketAt(at);
    combine(tally, row, journey, 0);
    return groups;
  };
}
