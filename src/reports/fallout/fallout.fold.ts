import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import type { Fold, IsMeant, Journey } from "../../journeys/fold.ts";
import { anyOf, compileMatcher, type MatcherPlan } from "../../journeys/matcher.ts";
import { addSample, addSamples, noSamples, percentileOf, type Samples } from "../../journeys/samples.ts";
import { type CutPlan, compileCut } from "../../journeys/sender-sessions.ts";
import { noSession } from "../../journeys/sessions.ts";
import { clearSteps, isStepInReach, NOT_TAKEN, noSteps, passInstant, takeStep, type WalkedPath } from "./walk.ts";

/** What was asked, in numbers: instants and lengths are milliseconds; a limit that does not apply is infinite. */
export interface FalloutPlan extends CutPlan {
  from: number;
  to: number;
  /** When watching ended. */
  until: number;
  steps: readonly StepPlan[];
  facets: readonly MatcherPlan[];
  within: number;
  /** Whether no step may be taken at the instant of the one before. */
  strictly: boolean;
  /** Whether who took the last step begins anew. */
  reEntry: boolean;
  audience: AudiencePlan;
}

interface StepPlan {
  anyOf: readonly MatcherPlan[];
  immediately: boolean;
  within: number;
}

/** Of all paths, and then of those with an event of each facet. */
type FalloutTally = readonly PathTally[];

/** Each by step. */
export interface PathTally {
  everybody: number;
  counts: number[];
  pending: number[];
  /** Seconds from the step before. */
  gaps: Samples[];
}

export type FalloutCount = Omit<PathTally, "gaps"> & {
  /** The median of the seconds from the step before. */
  medians: (number | null)[];
};

/**
 * How far customers, or sessions, come on an ordered path. Of the events that took a step, the latest is the best to come
 * from, and the latest beginning of a way to it the best to have begun with: so one walk finds whether there is any way.
 */
export const falloutFold: Fold<FalloutPlan, FalloutTally, FalloutCount[]> = {
  name: "fallout",
  empty: ({ steps, facets }) => [noPaths(steps.length), ...facets.map(() => noPaths(steps.length))],
  over(partition, plan) {
    const isOf = compileAudience(partition, plan.audience);
    const { flags } = partition.customers;
    const walk = walkerOf(partition, plan);
    return (tally, journey) => {
      if (flags[journey.customer]! & IS_NOBODY || !isOf(journey)) return;
      walk(tally, journey);
    };
  },
  merge(tally, later) {
    later.forEach((paths, i) => {
      addPaths(tally[i]!, paths);
    });
  },
  conclude: (tally) =>
    tally.map(({ gaps, ...paths }) => ({ ...paths, medians: gaps.map((seconds) => percentileOf(seconds, 0.5)) })),
};

function noPaths(steps: number): PathTally {
  const zeros = () => Array<number>(steps).fill(0);
  return { everybody: 0, counts: zeros(), pending: zeros(), gaps: Array.from({ length: steps }, noSamples) };
}

function addPaths(paths: PathTally, later: PathTally): void {
  paths.everybody += later.everybody;
  later.counts.forEach((count, step) => {
    paths.counts[step]! += count;
    paths.pending[step]! += later.pending[step]!;
    addSamples(paths.gaps[step]!, later.gaps[step]!);
  });
}

function walkerOf(partition: Partition, plan: FalloutPlan): (tally: FalloutTally, journey: Journey) => void {
  const { at } = partition.events;
  const takes = plan.steps.map((step) => anyOf(partition, step.anyOf));
  const path = noSteps(takes.length);
  const { next, isIn } = compileCut(partition, plan, plan.to);
  const isOf: IsMeant = (event) => at[event]! >= plan.from && (!isIn || isIn(event));
  const facetsOf = compileFacets(partition, plan);
  const session = noSession();
  return (tally, journey) => {
    session.to = journey.from;
    while (next(session, journey)) {
      const inFacets = facetsOf(session, { journey, isOf });
      const isDone = () => plan.reEntry && path.firstAt.at(-1) !== NOT_TAKEN;
      let size = 0;
      let walks = 0;
      const count = () => {
        walks += 1;
        const found = { plan, size, end: session.end };
        for (let i = 0; i < tally.length; i += 1) if (inFacets & (1 << i)) settle(tally[i]!, path, found);
        clearSteps(path);
      };
      clearSteps(path);
      for (let event = session.from; event < session.to; event += 1) {
        if (!isOf(event, journey)) continue;
        const now = at[event]!;
        if (plan.strictly && now !== path.instant) {
          passInstant(path, now);
          if (isDone()) count();
          path.instant = now;
        }
        size += 1;
        // Backwards, so that no event takes two steps.
        for (let step = takes.length - 1; step >= 0; step -= 1) {
          if (isStepInReach(path, plan, { step, now, place: size }) && takes[step]!(event, journey)) {
            if (plan.strictly) path.waiting[step] = size;
            else takeStep(path, { step, now, place: size });
          }
        }
        if (isDone()) count();
      }
      if (size === 0) continue;
      if (plan.strictly) passInstant(path, NOT_TAKEN);
      // Whoever completed a walk and began no other is no walk more.
      if (walks === 0 || path.start[0] !== NOT_TAKEN) count();
    }
  };
}

/** What tells which tallies a session counts in, by bit: the first is that of all, and then there is one for each facet. */
function compileFacets(partition: Partition, { facets }: FalloutPlan) {
  const isIn = facets.map((facet) => compileMatcher(partition, facet));
  return ({ from, to }: Stretch, { journey, isOf }: { journey: Journey; isOf: IsMeant }): number => {
    let found = 1;
    if (isIn.length === 0) return found;
    for (let event = from; event < to; event += 1) {
      if (!isOf(event, journey)) continue;
      for (let i = 0; i < isIn.length; i += 1) if (isIn[i]!(event, journey)) found |= 2 << i;
    }
    return found;
  };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Counts how far a path came, and whether it may go on. */
function settle(
  tally: PathTally,
  path: WalkedPath,
  { plan, size, end }: { plan: FalloutPlan; size: number; end: number },
): void {
  tally.everybody += 1;
  for (let step = 0; step < plan.steps.length; step += 1) {
    if (path.start[step] === NOT_TAKEN) {
      if (step > 0 && isOpen(path, plan, { step, size, end })) tally.pending[step]! += 1;
      return;
    }
    tally.counts[step]! += 1;
    if (step > 0) addSample(tally.gaps[step]!, path.gap[step]! / 1000);
  }
}

/** Whether a step that was not taken still may be: an event at the end of watching would be in time. */
function isOpen(
  path: WalkedPath,
  { steps, within, timeout, until }: FalloutPlan,
  { step, size, end }: { step: number; size: number; end: number },
): boolean {
  const { immediately, within: withinStep } = steps[step]!;
  const before = step - 1;
  if (withinStep === Number.POSITIVE_INFINITY && within === Number.POSITIVE_INFINITY) return false;
  return (
    path.lastAt[before]! + withinStep >= until &&
    path.start[before]! + within >= until &&
    (!immediately || path.lastPlace[before] === size) &&
    end + timeout >= until
  );
}
