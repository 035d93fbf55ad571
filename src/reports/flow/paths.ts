import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import type { Container } from "../../journeys/container.ts";
import { type CountedPlan, compileCounted } from "../../journeys/counted.ts";
import type { IsMeant, Journey } from "../../journeys/fold.ts";
import { compileMatcher, type MatcherPlan } from "../../journeys/matcher.ts";
import { compileSenderSession } from "../../journeys/sender-sessions.ts";
import { noSession, sessionsOf } from "../../journeys/sessions.ts";
import { compileSingle, type ValuesPlan } from "../../journeys/values.ts";
import type { CountBy, Occurrence } from "./flow.type.ts";

/** What was asked, in numbers. */
export interface PathsPlan {
  anchors: CountedPlan;
  anchor: ValuesPlan;
  before: SidePlan;
  after: SidePlan;
  exclude: MatcherPlan | null;
  container: Container;
  /** The longest pause within a session. */
  timeout: number;
  countBy: CountBy;
  occurrence: Occurrence;
  includeRepeats: boolean;
}

interface SidePlan {
  steps: number;
  values: ValuesPlan;
  /** Whether the anchor has one of these values, which the step beside it may not repeat. */
  isOfAnchor: boolean;
}

// What stands at a place of a path where no value does.
const NONE = -1;
const ENTRY = -2;
const EXIT = -3;
/** Before the entry, or after the exit. */
export const NOWHERE = -4;

/** An anchor, the events that its steps may reach, and what stands at its places: the steps before, itself, the steps after. */
interface Path {
  event: number;
  from: number;
  to: number;
  readonly places: Int32Array;
}

type See = (places: Int32Array, journey: Journey) => void;

/** What shows the places of each path of a journey; the array is used again. */
export function pathsOf(partition: Partition, plan: PathsPlan, see: See): (journey: Journey) => void {
  const path: Path = { event: 0, from: 0, to: 0, places: new Int32Array(plan.before.steps + 1 + plan.after.steps) };
  const { flags } = partition.customers;
  const anchorsOf = compileCounted(partition, plan.anchors);
  const around = stretches(partition, plan);
  const isRepeat = repetition(partition, plan);
  const fill = filling(partition, plan);
  const isLast = plan.occurrence === "LAST";
  const show = (journey: Journey) => {
    fill(path, journey);
    see(path.places, journey);
  };
  const chooseAmong = plan.container === "SENDER_SESSION" ? amongSenders(partition, plan, isRepeat) : null;
  return (journey) => {
    const { length, events } = anchorsOf(journey);
    const isKnown = !(flags[journey.customer]! & IS_NOBODY);
    if (!isKnown && plan.countBy === "CUSTOMER") return;
    if (chooseAmong && isKnown) {
      for (const event of chooseAmong(events, { length, journey })) {
        Object.assign(path, { event, from: journey.from, to: journey.to });
        show(journey);
      }
      return;
    }
    const reach = isKnown ? plan.container : "EVENT";
    const unit = unitOf(plan, reach);
    let [past, shown] = [-1, -1];
    for (let i = 0; i < length; i += 1) {
      const event = events[i]!;
      const { from, to } = around(reach, event, journey);
      const isFresh = past < from || !isRepeat(past, event, journey);
      past = event;
      if (!isFresh) continue;
      const start = around(unit, event, journey).from;
      const isNew = start !== shown;
      // Which is the last of its unit is known when the next one begins.
      if (isLast && isNew && shown !== -1) show(journey);
      shown = start;
      if (isNew || isLast) {
        path.event = event;
        path.from = from;
        path.to = to;
      }
      if (isNew && !isLast) show(journey);
    }
    if (isLast && shown !== -1) show(journey);
  };
}

type IsRepeat = (past: number, event: number, journey: Journey) => boolean;

/** What chooses the anchors that have a path each, where senders' sessions lie among one another. */
function amongSenders(partition: Partition, { occurrence, countBy }: PathsPlan, isRepeat: IsRepeat) {
  const sessionOf = compileSenderSession(partition);
  const isLast = occurrence === "LAST";
  const isEach = occurrence === "ALL" && countBy === "OCCURRENCE";
  const [pasts, chosen] = [new Map<number, number>(), new Map<number, number>()];
  return (events: ArrayLike<number>, { length, journey }: { length: number; journey: Journey }): Iterable<number> => {
    pasts.clear();
    chosen.clear();
    for (let i = 0; i < length; i += 1) {
      const event = events[i]!;
      const session = sessionOf(event, journey);
      const past = pasts.get(session);
      pasts.set(session, event);
      if (past !== undefined && isRepeat(past, event, journey)) continue;
      const unit = countBy === "CUSTOMER" ? 0 : isEach ? event : session;
      if (isLast || !chosen.has(unit)) chosen.set(unit, event);
    }
    return chosen.values();
  };
}

/** Whether two events are of one stretch; only senders' sessions lie among one another. */
function compileTogether(partition: Partition, { container }: PathsPlan) {
  if (container !== "SENDER_SESSION") return () => true;
  const sessionOf = compileSenderSession(partition);
  return (event: number, other: number, journey: Journey) => sessionOf(event, journey) === sessionOf(other, journey);
}

/** A stretch of a journey. What a record that nothing identifies did besides is not known: its events stand alone. */
type Reach = Container | "EVENT";

/** What has one path each. */
function unitOf({ countBy, occurrence }: PathsPlan, reach: Reach): Reach {
  if (countBy === "CUSTOMER") return "CUSTOMER";
  if (occurrence !== "ALL" && reach === "CUSTOMER") return "CUSTOMER";
  if (countBy === "SESSION") return "SESSION";
  return occurrence === "ALL" ? "EVENT" : reach;
}

/** What finds the stretch around an event; asked of one event of a journey after the other. */
function stretches(partition: Partition, { timeout }: PathsPlan) {
  const next = sessionsOf(partition, { timeout, until: Number.POSITIVE_INFINITY });
  const session = noSession();
  const alone = { from: 0, to: 0 };
  let customer = -1;
  return (stretch: Reach, event: number, journey: Journey): { readonly from: number; readonly to: number } => {
    switch (stretch) {
      case "EVENT":
        alone.from = event;
        alone.to = event + 1;
        return alone;
      case "CUSTOMER":
      case "SENDER_SESSION":
        return journey;
      case "SESSION":
        if (customer !== journey.customer) session.to = journey.from;
        customer = journey.customer;
        while (event >= session.to) next(session, journey);
        return session;
    }
  };
}

/** Whether an anchor has the value of the one before it, with nothing in between that could be seen in the flow. */
function repetition(partition: Partition, plan: PathsPlan): (past: number, event: number, journey: Journey) => boolean {
  if (plan.includeRepeats) return () => false;
  const read = compileSingle(partition, plan.anchor);
  const isIncluded = inclusion(partition, plan);
  const sides = [plan.before, plan.after].filter(({ steps }) => steps > 0);
  const values = [read, ...sides.map((side) => compileSingle(partition, side.values))];
  const isTogether = compileTogether(partition, plan);
  return (past, event, journey) => {
    const value = read(event, journey);
    if (value === NONE || value !== read(past, journey)) return false;
    for (let other = past + 1; other < event; other += 1) {
      if (!isTogether(event, other, journey)) continue;
      for (const seen of values) if (seen(other, journey) !== NONE && isIncluded(other, journey)) return false;
    }
    return true;
  };
}

/** Whether an event may be a step at all. */
function inclusion(partition: Partition, { exclude }: PathsPlan): IsMeant {
  if (!exclude) return () => true;
  const isExcluded = compileMatcher(partition, exclude);
  return (event, journey) => !isExcluded(event, journey);
}

type Fill = (path: Path, journey: Journey) => void;

/** Writes what stands at the places of a path. */
function filling(partition: Partition, plan: PathsPlan): Fill {
  const read = compileSingle(partition, plan.anchor);
  const back = stepping(partition, plan, -1);
  const on = stepping(partition, plan, 1);
  return (path, journey) => {
    path.places.fill(NOWHERE);
    path.places[plan.before.steps] = read(path.event, journey);
    back(path, journey);
    on(path, journey);
  };
}

/** Goes from the anchor back, or on, until all steps are taken or nothing is left. */
function stepping(partition: Partition, plan: PathsPlan, direction: -1 | 1): Fill {
  const anchor = plan.before.steps;
  const side = direction === -1 ? plan.before : plan.after;
  const read = compileSingle(partition, side.values);
  const isIncluded = inclusion(partition, plan);
  const isTogether = compileTogether(partition, plan);
  const end = anchor + direction * (side.steps + 1);
  return ({ event, from, to, places }, journey) => {
    let beside = side.isOfAnchor ? places[anchor]! : NONE;
    let place = anchor + direction;
    for (let other = event + direction; place !== end && other >= from && other < to; other += direction) {
      const value = read(other, journey);
      if (value === NONE || !isIncluded(other, journey) || !isTogether(event, other, journey)) continue;
      if (plan.includeRepeats || value !== beside) {
        places[place] = value;
        place += direction;
      }
      beside = value;
    }
    if (place !== end) places[place] = direction === -1 ? ENTRY : EXIT;
  };
}
