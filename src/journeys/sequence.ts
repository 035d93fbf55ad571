import { SESSION_TIMEOUT_MINUTES } from "../facts/sessions.ts";
import { AppError } from "../kit/errors.ts";
import { MINUTE_MS } from "../kit/time.ts";
import type { Partition } from "./columns.ts";
import type { Container } from "./container.ts";
import type { IsMeant, Journey } from "./fold.ts";
import { type CutPlan, compileCut, cutPlanOf, type IsIn } from "./sender-sessions.ts";
import { noSession, type Stretch } from "./sessions.ts";

/** Which events of the session, or of all that a customer did, are meant where the sequence is found. */
type Keep = "EVERYONE" | "ONLY_BEFORE" | "ONLY_AFTER";

/** What must come one after the other, as clients say it; lengths are minutes. */
export interface SequenceOf<Matcher> {
  steps: readonly SequenceStepOf<Matcher>[];
  within?: number | null;
  keep?: Keep | null;
  container?: Container | null;
  sessionTimeoutMinutes?: number | null;
}

export interface SequenceStepOf<Matcher> {
  match: Matcher;
  within?: number | null;
  after?: number | null;
  next?: boolean | null;
  without?: Matcher | null;
}

/** What must come one after the other, in numbers: lengths are milliseconds, and infinite where there is no limit. */
export interface Sequence extends CutPlan {
  steps: readonly StepLimits[];
  /** The longest time from the first step to the last. */
  within: number;
  keep: Keep;
  /** What happens from here on is left out. */
  until: number;
}

/** How far a step may lie behind the step before. */
interface StepLimits {
  within: number;
  after: number;
  /** Whether no event may lie between. */
  next: boolean;
}

const MOST_STEPS = 20;

/** A sequence of events before an instant. */
export function sequencePlanOf(sequence: SequenceOf<unknown>, until: number): Sequence {
  const { steps, container, sessionTimeoutMinutes } = sequence;
  if (steps.length === 0 || steps.length > MOST_STEPS) {
    throw new AppError("BAD_INPUT", `Give a sequence 1 to ${MOST_STEPS} \`steps\`; it has ${steps.length}.`, ["steps"]);
  }
  const timeout = sessionTimeoutMinutes ?? SESSION_TIMEOUT_MINUTES;
  if (timeout < 1)
    throw new AppError("BAD_INPUT", "Give `sessionTimeoutMinutes` of at least 1.", ["sessionTimeoutMinutes"]);
  return {
    steps: steps.map(limitsOf),
    within: lengthOf("within", sequence.within) ?? Number.POSITIVE_INFINITY,
    keep: sequence.keep ?? "EVERYONE",
    ...cutPlanOf(container ?? "CUSTOMER", timeout),
    until,
  };
}

/** A limit that has no effect is a mistake. */
function limitsOf(step: SequenceStepOf<unknown>, place: number): StepLimits {
  const stray = (["within", "after", "next", "without"] as const).find((limit) => step[limit] != null && step[limit]);
  if (place === 0 && stray) {
    throw new AppError("BAD_INPUT", `No step comes before the first one: leave out its \`${stray}\`.`, ["steps"]);
  }
  const within = lengthOf("within", step.within) ?? Number.POSITIVE_INFINITY;
  const after = lengthOf("after", step.after) ?? 0;
  if (after > within) {
    throw new AppError("BAD_INPUT", "No event is in time for a step whose `after` is longer than its `within`.", [
      "steps",
    ]);
  }
  if (step.next && step.without) {
    throw new AppError("BAD_INPUT", "Nothing lies between a step and the `next` one: leave out its `without`.", [
      "steps",
    ]);
  }
  return { within, after, next: step.next ?? false };
}

function lengthOf(limit: "within" | "after", minutes: number | null | undefined): number | null {
  if (minutes == null) return null;
  if (minutes < 0)
    throw new AppError("BAD_INPUT", `Give \`${limit}\` as minutes, 0 or more; it is ${minutes}.`, ["steps"]);
  return minutes * MINUTE_MS;
}

/** By step: the events that take it, and those that may not lie between it and the step before. */
interface StepEvents {
  takes: readonly IsMeant[];
  bars: readonly (IsMeant | null)[];
}

/** Whether a sequence keeps an event. What it keeps of a journey is found out when the first event of it is asked for. */
export function compileSequence(partition: Partition, sequence: Sequence, events: StepEvents): IsMeant {
  const { next, isIn } = compileCut(partition, sequence, sequence.until);
  const find = finderOf(partition, sequence, { ...events, isIn });
  const session = noSession();
  let kept = new Uint8Array(64);
  let customer = -1;
  return (event, journey) => {
    if (journey.customer !== customer) {
      customer = journey.customer;
      const length = journey.to - journey.from;
      if (kept.length < length) kept = new Uint8Array(2 * length);
      kept.fill(0, 0, length);
      session.to = journey.from;
      while (next(session, journey)) {
        const { from, to } = find(session, journey);
        for (let each = from; each < to; each += 1) if (!isIn || isIn(each)) kept[each - journey.from] = 1;
      }
    }
    return kept[event - journey.from] === 1;
  };
}

/** Events from `from` up to `to`. */
type Found = Pick<Stretch, "from" | "to">;

const NONE: Found = { from: 0, to: 0 };

/** What finds the events that are kept of a stretch; it may name others between, which are not in it. */
function finderOf({ events: { at } }: Partition, sequence: Sequence, { isIn, ...events }: StepEvents & { isIn: IsIn }) {
  const walks = sequence.steps.map((limits, i) => walkOf(limits, { takes: events.takes[i]!, bars: events.bars[i]! }));
  const last = walks.at(-1)!;
  const move: Move = { event: 0, before: -1, at, within: sequence.within };
  return ({ from, to }: Found, journey: Journey): Found => {
    for (const walk of walks) clear(walk, from, to - from);
    let earliestEnd = -1;
    let latestBegin = -1;
    move.event = -1;
    for (let event = from; event < to; event += 1) {
      if (isIn && !isIn(event)) {
        for (const walk of walks) walk.begins[event - from] = -1;
        continue;
      }
      move.before = move.event;
      move.event = event;
      for (let step = 0; step < walks.length; step += 1) {
        const walk = walks[step]!;
        const begin = step === 0 ? event : beginOf(walk, walks[step - 1]!, move);
        walk.begins[event - from] = begin !== -1 && walk.takes(event, journey) ? begin : -1;
        if (walk.bars?.(event, journey)) walk.barred = event;
      }
      const begin = last.begins[event - from]!;
      if (begin === -1) continue;
      if (earliestEnd === -1) earliestEnd = event;
      latestBegin = begin;
    }
    if (earliestEnd === -1) return NONE;
    switch (sequence.keep) {
      case "EVERYONE":
        return { from, to };
      case "ONLY_BEFORE":
        return { from, to: latestBegin + 1 };
      case "ONLY_AFTER":
        return { from: earliestEnd, to };
    }
  };
}

/**
 * How far a step has come along a stretch. Of the events that took the step before, the latest one that lies far enough
 * back is the best to come from, and its way is the one that began latest: so one walk finds whether there is any way.
 */
interface Walk extends StepLimits {
  takes: IsMeant;
  bars: IsMeant | null;
  /** The first event of the stretch. */
  first: number;
  /** By event of the stretch: the latest event with which a way to it begins; -1 where it takes no step. */
  begins: Int32Array;
  /** Up to here, events lie far enough back; and the latest of them that took the step before. */
  reached: number;
  from: number;
  /** The latest event that may not lie between. */
  barred: number;
}

function walkOf(limits: StepLimits, { takes, bars }: { takes: IsMeant; bars: IsMeant | null }): Walk {
  return { ...limits, takes, bars, first: 0, begins: new Int32Array(64), reached: -1, from: -1, barred: -1 };
}

function clear(walk: Walk, first: number, length: number): void {
  if (walk.begins.length < length) walk.begins = new Int32Array(2 * length);
  walk.first = first;
  walk.reached = first - 1;
  walk.from = -1;
  walk.barred = -1;
}

/** An event that may take a step. The object is used again. */
interface Move {
  event: number;
  /** The one before it in its stretch; -1 for none. */
  before: number;
  at: Float64Array;
  within: number;
}

/** Where the latest way began on which an event may take a step; -1 for none. */
function beginOf(walk: Walk, { begins, first }: Walk, { event, before, at, within }: Move): number {
  const now = at[event]!;
  while (walk.reached + 1 < event && now - at[walk.reached + 1]! >= walk.after) {
    walk.reached += 1;
    if (begins[walk.reached - first] !== -1) walk.from = walk.reached;
  }
  const { from } = walk;
  if (from === -1 || now - at[from]! > walk.within || walk.barred > from) return -1;
  if (walk.next && from !== before) return -1;
  const begin = begins[from - first]!;
  return now - at[begin]! > within ? -1 : begin;
}
