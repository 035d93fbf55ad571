import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import type { MatcherPlan } from "../../journeys/matcher.ts";
import { compileSeek, firstSince, type Seek } from "../../journeys/seek.ts";
import { type CutPlan, compileCut, type IsIn } from "../../journeys/sender-sessions.ts";
import { noSession, type Stretch } from "../../journeys/sessions.ts";

/** What was asked, in numbers. */
export interface OverlapPlan extends CutPlan {
  from: number;
  until: number;
  sets: readonly MatcherPlan[];
  audience: AudiencePlan;
}

/** How many are in exactly the sets of a mask, by the mask: bit i is the i-th set. */
export interface OverlapTally {
  identified: number[];
  unidentified: number[];
}

/** Each customer, or session, is counted once, under all the sets that an event of the period puts it in. */
export const overlapFold: Fold<OverlapPlan, OverlapTally> = {
  name: "overlap",
  empty: ({ sets }) => ({
    identified: Array(2 ** sets.length).fill(0),
    unidentified: Array(2 ** sets.length).fill(0),
  }),
  over(partition, plan) {
    const isOf = compileAudience(partition, plan.audience);
    const { next, isIn } = compileCut(partition, plan, plan.until);
    const maskOf = masking(partition, plan, isIn);
    const { flags } = partition.customers;
    const session = noSession();
    return (tally, journey) => {
      if (!isOf(journey)) return;
      const counts = flags[journey.customer]! & IS_NOBODY ? tally.unidentified : tally.identified;
      session.to = journey.from;
      while (next(session, journey)) counts[maskOf(session, journey)]! += 1;
    };
  },
  merge(tally, later) {
    for (let mask = 0; mask < tally.identified.length; mask += 1) {
      tally.identified[mask]! += later.identified[mask]!;
      tally.unidentified[mask]! += later.unidentified[mask]!;
    }
  },
};

/** The sets that a session's events of the period put it in. */
function masking(partition: Partition, plan: OverlapPlan, isIn: IsIn): (session: Stretch, journey: Journey) => number {
  const { at } = partition.events;
  const sets = plan.sets.map((set) => compileSeek(partition, set));
  const holds = (seek: Seek, { from, to }: Stretch, journey: Journey): boolean => {
    let event = seek(from, to, journey);
    while (isIn && event < to && !isIn(event)) event = seek(event + 1, to, journey);
    return event < to;
  };
  const inPeriod = noSession();
  return (session, journey) => {
    inPeriod.from = firstSince(at, plan.from, session);
    inPeriod.to = session.to;
    let mask = 0;
    for (let set = 0; set < sets.length; set += 1) if (holds(sets[set]!, inPeriod, journey)) mask |= 1 << set;
    return mask;
  };
}
