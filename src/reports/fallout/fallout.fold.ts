import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import { anyOf, compileMatcher, type MatcherPlan } from "../../journeys/matcher.ts";
import { addSample, addSamples, noSamples, percentileOf, type Samples } from "../../journeys/samples.ts";
import { type CutPlan, compileCut } from "../../journeys/sender-sessions.ts";
import { noSession } from "../../journeys/sessions.ts";

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

/** Of each step that was taken, in one path: what the way on from it needs. */
interface Path {
  /** When the latest way to it began. */
  start: Float64Array;
  /** The latest event that took it: its time, and its place among the path's events. */
  lastAt: Float64Array;
  lastPlace: Float64Array;
  /** The shortest time from the step before to its first completion, and when that was. */
  gap: Float64Array;
  firstAt: Float64Array;
  /** Where the latest event of this instant is that takes it; 0 for none. Only where steps are strictly later. */
  waiting: Float64Array;
  instant: number;
}

const NEVER = Number.NEGATIVE_INFINITY;

function walkerOf(partition: Partition, plan: FalloutPlan): (tally: FalloutTally, journey: Journey) => void {
  const { at } = partition.events;
  const { from, to, steps } = plan;
  const takes = steps.map((step) => anyOf(partition, step.anyOf));
  const facets = plan.facets.map((facet) => compileMatcher(partition, facet));
  const path = pathOf(steps.length);
  const { next, isIn } = compileCut(partition, plan, to);
  const session = noSession();
  return (tally, journey) => {
    session.to = journey.from;
    while (next(session, journey)) {
      let size = 0;
      let inFacets = 0;
      clear(path);
      for (let event = session.from; event < session.to; event += 1) {
        const now = at[event]!;
        if (now < from || (isIn && !isIn(event))) continue;
        size += 1;
        if (plan.strictly && now !== path.instant) passOn(path, now);
        for (let i = 0; i < facets.length; i += 1) if (facets[i]!(event, journey)) inFacets |= 1 << i;
        // Backwards, so that no event takes two steps.
        for (let step = steps.length - 1; step >= 0; step -= 1) {
          if (isInReach(path, plan, { step, now, place: size }) && takes[step]!(event, journey)) {
            if (plan.strictly) path.waiting[step] = size;
            else take(path, { step, now, place: size });
          }
        }
      }
      if (size === 0) continue;
      if (plan.strictly) passOn(path, NEVER);
      const found = { plan, size, end: session.end };
      settle(tally[0]!, path, found);
      for (let i = 0; i < facets.length; i += 1) if (inFacets & (1 << i)) settle(tally[i + 1]!, path, found);
    }
  };
}

function pathOf(steps: number): Path {
  const column = () => new Float64Array(steps);
  return {
    start: column(),
    lastAt: column(),
    lastPlace: column(),
    gap: column(),
    firstAt: column(),
    waiting: column(),
    instant: NEVER,
  };
}

function clear(path: Path): void {
  path.start.fill(NEVER);
  path.firstAt.fill(NEVER);
  path.waiting.fill(0);
  path.instant = NEVER;
}

/** Takes the steps of an instant that is over: none of its events could lead to another one of it. */
function passOn(path: Path, instant: number): void {
  for (let step = path.waiting.length - 1; step >= 0; step -= 1) {
    const place = path.waiting[step]!;
    if (place !== 0) take(path, { step, now: path.instant, place });
  }
  path.waiting.fill(0);
  path.instant = instant;
}

/** An event that may take a step: when it was, and its place on the path. */
interface Move {
  step: number;
  now: number;
  place: number;
}

/** Whether the step before was taken, and not too long ago. */
function isInReach(path: Path, { steps, within }: FalloutPlan, { step, now, place }: Move): boolean {
  if (step === 0) return true;
  const before = step - 1;
  const { immediately, within: withinStep } = steps[step]!;
  return (
    path.start[before]! !== NEVER &&
    (!immediately || place === path.lastPlace[before]! + 1) &&
    now - path.lastAt[before]! <= withinStep &&
    now - path.start[before]! <= within
  );
}

function take(path: Path, { step, now, place }: Move): void {
  const gap = step === 0 ? 0 : now - path.lastAt[step - 1]!;
  if (path.firstAt[step] === NEVER) {
    path.firstAt[step] = now;
    path.gap[step] = gap;
  } else if (path.firstAt[step] === now) {
    path.gap[step] = Math.min(path.gap[step]!, gap);
  }
  path.start[step] = step === 0 ? now : path.start[step - 1]!;
  path.lastAt[step] = now;
  path.lastPlace[step] = place;
}

/** Counts how far a path came, and whether it may go on. */
function settle(
  tally: PathTally,
  path: Path,
  { plan, size, end }: { plan: FalloutPlan; size: number; end: number },
): void {
  tally.everybody += 1;
  for (let step = 0; step < plan.steps.length; step += 1) {
    if (path.start[step] === NEVER) {
      if (step > 0 && isOpen(path, plan, { step, size, end })) tally.pending[step]! += 1;
      return;
    }
    tally.counts[step]! += 1;
    if (step > 0) addSample(tally.gaps[step]!, path.gap[step]! / 1000);
  }
}

/** Whether a step that was not taken still may be: an event at the end of watching would be in time. */
function isOpen(
  path: Path,
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
