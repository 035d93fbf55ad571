import type { FalloutPlan } from "./fallout.fold.ts";

// One walk along the steps. Of the events that took a step, the latest is the best to come from, and the latest beginning of a
// way to it the best to have begun with: so one walk finds whether there is any way.

/** Of each step that was taken, in one path: what the way on from it needs. */
export interface WalkedPath {
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

export const NOT_TAKEN = Number.NEGATIVE_INFINITY;

export function noSteps(steps: number): WalkedPath {
  const column = () => new Float64Array(steps);
  return {
    start: column(),
    lastAt: column(),
    lastPlace: column(),
    gap: column(),
    firstAt: column(),
    waiting: column(),
    instant: NOT_TAKEN,
  };
}

export function clearSteps(path: WalkedPath): void {
  path.start.fill(NOT_TAKEN);
  path.firstAt.fill(NOT_TAKEN);
  path.waiting.fill(0);
  path.instant = NOT_TAKEN;
}

/** Takes the steps of an instant that is over: none of its events could lead to another one of it. */
export function passInstant(path: WalkedPath, instant: number): void {
  for (let step = path.waiting.length - 1; step >= 0; step -= 1) {
    const place = path.waiting[step]!;
    if (place !== 0) takeStep(path, { step, now: path.instant, place });
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
export function isStepInReach(path: WalkedPath, { steps, within }: FalloutPlan, { step, now, place }: Move): boolean {
  if (step === 0) return true;
  const before = step - 1;
  const { immediately, within: withinStep } = steps[step]!;
  return (
    path.start[before]! !== NOT_TAKEN &&
    (!immediately || place === path.lastPlace[before]! + 1) &&
    now - path.lastAt[before]! <= withinStep &&
    now - path.start[before]! <= within
  );
}

export function takeStep(path: WalkedPath, { step, now, place }: Move): void {
  const gap = step === 0 ? 0 : now - path.lastAt[step - 1]!;
  if (path.firstAt[step] === NOT_TAKEN) {
    path.firstAt[step] = now;
    path.gap[step] = gap;
  } else if (path.firstAt[step] === now) {
    path.gap[step] = Math.min(path.gap[step]!, gap);
  }
  path.start[step] = step === 0 ? now : path.start[step - 1]!;
  path.lastAt[step] = now;
  path.lastPlace[step] = place;
}
