import type { PeriodInput } from "../facts/values.type.ts";
import { MINUTE_MS } from "../kit/time.ts";
import { type Audience, type AudiencePlan, audiencePlanOf, compileAudience } from "./audience.ts";
import type { Partition } from "./columns.ts";
import { type ContactPlan, compileContact, compileIsSharedCall, contactFold } from "./contact-contest.ts";
import { compileWins, type Kept, type Winners } from "./contest.ts";
import type { Journey } from "./fold.ts";
import type { Version } from "./journeys.ts";
import { IS_LEG, type Matcher, type MatcherPlan, matcherPlanOf } from "./matcher.ts";
import { compileSeek, firstSince } from "./seek.ts";
import { noSession, sessionsOf } from "./sessions.ts";

/** Which events count, as clients say it. */
export interface Counting {
  period: PeriodInput;
  matcher?: Matcher | null;
  audience?: Audience | null;
  /** Within what several count as one, and which of them stays. Without, the calls of a contact count once. */
  dedup?: Dedup | null;
  /** Where sessions end. */
  timeoutMinutes: number;
  /** Whether legs alone count. */
  isOfLegs?: boolean;
}

interface Dedup {
  scope: "EVENT" | "SESSION" | "UNIVERSAL_SESSION" | "CUSTOMER";
  keep: Kept;
}

/** The same in numbers. */
export interface CountedPlan {
  from: number;
  to: number;
  matcher: MatcherPlan;
  audience: AudiencePlan;
  scope: Dedup["scope"] | "CALL";
  keep: Kept;
  timeout: number;
  /** Where a contact counts once: the one event of it that does. */
  winners: Winners | null;
}

/** The plan, with the events of contacts that win, which takes a fold of its own over the same version. */
export async function countedPlanOf(version: Version, counting: Counting): Promise<CountedPlan> {
  const { dictionary } = version;
  const { period, dedup } = counting;
  const to = period.to.getTime();
  const plan: CountedPlan = {
    from: period.from.getTime(),
    to,
    matcher: [...matcherPlanOf({ dictionary, until: to }, counting.matcher), ...(counting.isOfLegs ? [IS_LEG] : [])],
    audience: audiencePlanOf(dictionary, counting.audience, period),
    scope: dedup?.scope ?? "CALL",
    keep: dedup?.keep ?? "FIRST",
    timeout: counting.timeoutMinutes * MINUTE_MS,
    winners: null,
  };
  const contest = contestOf(plan, dictionary.contacts.size);
  return contest ? { ...plan, winners: await version.fold(contactFold, contest) } : plan;
}

function contestOf({ from, to, matcher, audience, scope, keep }: CountedPlan, contacts: number): ContactPlan | null {
  switch (scope) {
    case "UNIVERSAL_SESSION":
      return { from, to, matcher, audience, keep, contacts, isAmongCalls: false };
    case "CALL":
      // Whatever the period and whoever counts, so that months add up.
      return {
        from: Number.NEGATIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
        matcher,
        audience: null,
        keep,
        contacts,
        isAmongCalls: true,
      };
    case "EVENT":
    case "SESSION":
    case "CUSTOMER":
      return null;
  }
}

/** The events of one journey that count, in order: the first `length` of `events`. The object is used again. */
interface Counted {
  length: number;
  events: Int32Array;
}

/** What finds the events that count in a journey of this partition. */
export function compileCounted(partition: Partition, plan: CountedPlan): (journey: Journey) => Counted {
  const isOf = compileAudience(partition, plan.audience);
  const counted: Counted = { length: 0, events: new Int32Array(64) };
  const find = finderOf(partition, plan, counted);
  return (journey) => {
    counted.length = 0;
    if (isOf(journey)) find(journey);
    return counted;
  };
}

/** What adds to `counted` the events of a journey that count, of a customer of the audience. */
function finderOf(partition: Partition, plan: CountedPlan, counted: Counted): (journey: Journey) => void {
  const { from, to, scope, keep } = plan;
  const { at } = partition.events;
  const seek = compileSeek(partition, plan.matcher);
  const next = scope === "SESSION" ? sessionsOf(partition, { timeout: plan.timeout, until: to }) : null;
  const session = noSession();
  const stands = compileStands(partition, plan);
  const isOneOfMany = scope === "SESSION" || scope === "CUSTOMER";
  return (journey) => {
    // Whether the scope has its one already.
    let isFound = false;
    session.to = journey.from;
    const end = firstSince(at, to, journey);
    const first = seek(firstSince(at, from, journey), end, journey);
    for (let event = first; event < end; event = seek(event + 1, end, journey)) {
      while (next && event >= session.to && next(session, journey)) isFound = false;
      if (!stands(event)) continue;
      if (!isFound) push(counted, event);
      else if (keep === "LAST") counted.events[counted.length - 1] = event;
      isFound = isOneOfMany;
    }
  };
}

/** Whether an event is not passed over for another one of its contact. */
function compileStands(partition: Partition, { winners, scope }: CountedPlan): (event: number) => boolean {
  if (!winners) return () => true;
  const wins = compileWins(partition, winners);
  const contactOf = compileContact(partition);
  const isSharedCall = compileIsSharedCall(partition);
  return (event) => {
    if (scope === "CALL" && !isSharedCall(event)) return true;
    const contact = contactOf(event);
    return contact === -1 || wins(contact, event);
  };
}

function push(counted: Counted, event: number): void {
  if (counted.length === counted.events.length) {
    const before = counted.events;
    counted.events = new Int32Array(before.length * 2);
    counted.events.set(before);
  }
  counted.events[counted.length] = event;
  counted.length += 1;
}
