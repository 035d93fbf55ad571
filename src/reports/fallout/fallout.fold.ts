import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import { anyOf, compileMatcher, type MatcherPlan } from "../../journeys/matcher.ts";
import { addSample, addSamples, noSamples, percentileOf, type Samples } from "../../journeys/samples.ts";
import { firstSince } from "../../journeys/seek.ts";
import { type CutPlan, compileCut, type IsIn } from "../../journeys/sender-sessions.ts";
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

/** Of the walk that goes on: events so far, when its session ends, and the bits of the tallies that it counts in. */
interface Walking {
  plan: FalloutPlan;
  size: number;
  end: number;
  inFacets: number;
  /** How many walks of the session were counted. */
  walks: number;
}

/** Functions are made once a partition: to make one takes as long as to take a step. */
function walkerOf(partition: Partition, plan: FalloutPlan): (tally: FalloutTally, journey: Journey) => void {
  const { at } = partition.events;
  const path = noSteps(plan.steps.length);
  const { next, isIn } = compileCut(partition, plan, plan.to);
  const facetsOf = compileFacets(partition, plan, isIn);
  const step = stepperOf(partition, plan, path);
  const walking: Walking = { plan, size: 0, end: 0, inFacets: 0, walks: 0 };
  const last = plan.steps.length - 1;
  const isDone = () => plan.reEntry && path.firstAt[last] !== NOT_TAKEN;
  const session = noSession();
  return (tally, journey) => {
    session.to = journey.from;
    while (next(session, journey)) {
      const first = firstSince(at, plan.from, session);
      walking.inFacets = facetsOf(first, session.to, journey);
      walking.size = 0;
      walking.walks = 0;
      walking.end = session.end;
      clearSteps(path);
      for (let event = first; event < session.to; event += 1) {
        if (isIn && !isIn(event)) continue;
        if (plan.strictly && at[event] !== path.instant) {
          passInstant(path, at[event]!);
          if (isDone()) count(tally, path, walking);
          path.instant = at[event]!;
        }
        walking.size += 1;
        step(event, walking.size, journey);
        if (isDone()) count(tally, path, walking);
      }
      if (walking.size === 0) continue;
      if (plan.strictly) passInstant(path, NOT_TAKEN);
      // Whoever completed a walk and began no other is no walk more.
      if (walking.walks === 0 || path.start[0] !== NOT_TAKEN) count(tally, path, walking);
    }
  };
}

/** Takes the steps that an event takes, which has this place among those of its walk. */
function stepperOf(partition: Partition, plan: FalloutPlan, path: WalkedPath) {
  const { at } = partition.events;
  const takes = plan.steps.map((one) => anyOf(partition, one.anyOf));
  const move = { step: 0, now: 0, place: 0 };
  return (event: number, place: number, journey: Journey): void => {
    move.now = at[event]!;
    move.place = place;
    // Backwards, so that no event takes two steps.
    for (let step = takes.length - 1; step >= 0; step -= 1) {
      move.step = step;
      if (!isStepInReach(path, plan, move) || !takes[step]!(event, journey)) continue;
      if (plan.strictly) path.waiting[step] = place;
      else takeStep(path, move);
    }
  };
}

/** Counts a walk that is over, in all tallies that it counts in. */
function count(tally: FalloutTally, path: WalkedPath, walking: Walking): void {
  walking.walks += 1;
  for (let i = 0; i < tally.length; i += 1) if (walking.inFacets & (1 << i)) settle(tally[i]!, path, walking);
  clearSteps(path);
}

/** What tells which tallies a session counts in, by bit: the first is that of all, and then there is one for each facet. */
function compileFacets(partition: Partition, { facets }: FalloutPlan, isIn: IsIn) {
  const isInFacet = facets.map((facet) => compileMatcher(partition, facet));
  return (from: number, to: number, journey: Journey): number => {
    let found = 1;
    if (isInFacet.length === 0) return found;
    for (let event = from; event < to; event += 1) {
      if (isIn && !isIn(event)) continue;
      for (let i = 0; i < isInFacet.length; i += 1) if (isInFacet[i]!(event, journey)) found |= 2 << i;
    }
    return found;
  };
}

/** Counts how far a path came, and whether it may go on. */
function settle(tally: PathTally, path: WalkedPath, { plan, size, end }: Walking): void {
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
