import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, type Partition } from "../../journeys/columns.ts";
import { type CountedPlan, compileCounted } from "../../journeys/counted.ts";
import type { Journey } from "../../journeys/fold.ts";
import { compileLegMatcher } from "../../journeys/leg-dimension.ts";
import { compileMatcher, type MatcherPlan } from "../../journeys/matcher.ts";
import { noSession, sessionsOf } from "../../journeys/sessions.ts";
import type { AggregateUnit } from "./aggregate.type.ts";

/** Which units count, in numbers: instants and lengths are milliseconds. */
export interface UnitPlan {
  of: AggregateUnit;
  from: number;
  to: number;
  matcher: MatcherPlan;
  audience: AudiencePlan;
  /** Which legs stand for their contacts, where contacts are counted. */
  contacts: CountedPlan | null;
  /** The longest pause within a journey. */
  timeout: number;
}

/** One of what is counted. The object is used again. */
export interface Unit {
  /** The event that it has its values of; -1 where it is a leg that is none. */
  event: number;
  /** The row of the leg that it has its values of; -1 where it is none. */
  leg: number;
  at: number;
  /** How many of its events are meant, and in the period. */
  events: number;
}

type EachUnit = (journey: Journey, each: (unit: Unit) => void) => void;

/** What finds the units of a journey of this partition. */
export function compileUnits(partition: Partition, plan: UnitPlan): EachUnit {
  const isOf = compileAudience(partition, plan.audience);
  const find = finderOf(partition, plan);
  return (journey, each) => {
    if (isOf(journey)) find(journey, each);
  };
}

function finderOf(partition: Partition, plan: UnitPlan): EachUnit {
  switch (plan.of) {
    case "CUSTOMERS": {
      const { flags } = partition.customers;
      const find = findStretches(partition, plan, Number.POSITIVE_INFINITY);
      return (journey, each) => {
        if (!(flags[journey.customer]! & IS_NOBODY)) find(journey, each);
      };
    }
    case "JOURNEYS":
      return findStretches(partition, plan, plan.timeout);
    case "TOUCHPOINTS":
      return findEvents(partition, plan);
    case "CONTACTS":
      return findContacts(partition, plan.contacts!);
    case "INTERACTIONS": {
      const told = new ToldLegs();
      const [findLegs, findOthers] = [findReported(partition, plan, told), findSessions(partition, plan, told)];
      return (journey, each) => {
        findLegs(journey, each);
        findOthers(journey, each);
      };
    }
  }
}

/** What makes a unit of an event. */
function compileUnit({ events: { at, isLeg, link } }: Partition) {
  const unit: Unit = { event: -1, leg: -1, at: 0, events: 1 };
  return (event: number, events: number): Unit => {
    unit.event = event;
    unit.leg = isLeg[event] ? link[event]! : -1;
    unit.at = at[event]!;
    unit.events = events;
    return unit;
  };
}

/** Stretches of a journey, each with its first event that is meant. */
function findStretches(partition: Partition, { from, to, matcher }: UnitPlan, timeout: number): EachUnit {
  const { at } = partition.events;
  const isMeant = compileMatcher(partition, matcher);
  const next = sessionsOf(partition, { timeout, until: to });
  const unitOf = compileUnit(partition);
  const session = noSession();
  return (journey, each) => {
    session.to = journey.from;
    while (next(session, journey)) {
      let [first, events] = [-1, 0];
      for (let event = session.from; event < session.to; event += 1) {
        if (at[event]! < from || !isMeant(event, journey)) continue;
        if (events === 0) first = event;
        events += 1;
      }
      if (events > 0) each(unitOf(first, events));
    }
  };
}

function findEvents(partition: Partition, { from, to, matcher }: UnitPlan): EachUnit {
  const { at } = partition.events;
  const isMeant = compileMatcher(partition, matcher);
  const unitOf = compileUnit(partition);
  return (journey, each) => {
    for (let event = journey.from; event < journey.to && at[event]! < to; event += 1) {
      if (at[event]! >= from && isMeant(event, journey)) each(unitOf(event, 1));
    }
  };
}

function findContacts(partition: Partition, plan: CountedPlan): EachUnit {
  const counted = compileCounted(partition, plan);
  const unitOf = compileUnit(partition);
  return (journey, each) => {
    const { events, length } = counted(journey);
    for (let i = 0; i < length; i += 1) each(unitOf(events[i]!, 1));
  };
}

/** What is known of a journey's interactions that were reported, by their numbers: a touchpoint may be of one of them. */
class ToldLegs {
  /** Those that count, or may not. */
  readonly settled = new Set<number>();
  /** The rows of those that a matcher does not mean: one of their touchpoints may be meant. */
  readonly rows = new Map<number, number>();

  clear(): void {
    this.settled.clear();
    this.rows.clear();
  }
}

/** Legs as they were reported but consults, which nobody counts. A matcher means none that is no event. */
function findReported(partition: Partition, { from, to, matcher }: UnitPlan, told: ToldLegs): EachUnit {
  const { customers, legs } = partition;
  const isMeant = compileLegMatcher(partition, matcher);
  const eventOf = eventsOfLegs(partition);
  const unit: Unit = { event: -1, leg: -1, at: 0, events: 1 };
  return (journey, each) => {
    const { customer } = journey;
    told.clear();
    for (let row = customers.legs[customer]!; row < customers.legs[customer + 1]!; row += 1) {
      const at = legs.at[row]!;
      const number = legs.interaction[row]!;
      const counts = at >= from && at < to && legs.isConsult[row] !== 1;
      if (counts && !isMeant(row, journey)) {
        told.rows.set(number, row);
        continue;
      }
      told.settled.add(number);
      if (!counts) continue;
      unit.event = eventOf[row]!;
      unit.leg = row;
      unit.at = at;
      each(unit);
    }
  };
}

/** Of each leg the event that it is; -1 for those that are none. */
function eventsOfLegs({ events: { isLeg, link }, legs }: Partition): Int32Array {
  const events = new Int32Array(legs.at.length).fill(-1);
  for (let event = 0; event < isLeg.length; event += 1) if (isLeg[event]) events[link[event]!] = event;
  return events;
}

/**
 * Visits: touchpoints of one interaction, and legs of which a touchpoint is meant and not they themselves. The numbers of a
 * customer's interactions begin at 0.
 */
function findSessions(partition: Partition, { from, to, matcher }: UnitPlan, told: ToldLegs): EachUnit {
  const { at, isLeg, interaction } = partition.events;
  const isMeant = compileMatcher(partition, matcher);
  const unitOf = compileUnit(partition);
  const firsts: number[] = [];
  const counts = new Map<number, number>();
  return (journey, each) => {
    firsts.length = 0;
    counts.clear();
    for (let event = journey.from; event < journey.to && at[event]! < to; event += 1) {
      if (isLeg[event] || at[event]! < from || !isMeant(event, journey)) continue;
      const number = interaction[event]!;
      if (told.settled.has(number)) continue;
      const events = counts.get(number) ?? 0;
      if (events === 0) firsts.push(event);
      counts.set(number, events + 1);
    }
    for (const first of firsts) {
      const unit = unitOf(first, counts.get(interaction[first]!)!);
      unit.leg = told.rows.get(interaction[first]!) ?? -1;
      each(unit);
    }
  };
}
