import { companyOf } from "../kit/contacts.ts";
import { sum, unique } from "../kit/recount.ts";
import type { Told } from "../kit/world.ts";
import { contactsAfter, contactsOf, isConnected, isKeyed, laterOf } from "./later.ts";
import {
  isAbandoned,
  isHandled,
  isOpenEnded,
  isQueued,
  lengthsOf,
  of,
  type Question,
  type Row,
  SOFTWARE,
  waitOf,
} from "./recount.ts";

const topicOf = (leg: Told) => leg.intent ?? leg.callReason ?? null;

/** Whether any of them is: null where none that is known is, but some are not known. */
function anyOf(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

/** Whether all of them are: false as soon as one is not. */
function allOf(answers: readonly (boolean | null)[]): boolean | null {
  return no(anyOf(answers.map(no)));
}

function isEscalated(leg: Told): boolean | null {
  if (leg.outcome === "TRANSFERRED_OUT") return true;
  if (leg.outcome === "CONTAINED" || leg.outcome === "ABANDONED") return false;
  const isTransferred: boolean | null = of(leg, "is_transferred");
  return isTransferred === true ? !SOFTWARE.includes(of(leg, "channel_type_transferred") ?? "VOICE") : isTransferred;
}

function isFulfilled(leg: Told): boolean | null {
  return of(leg, "is_resolved") ?? (leg.outcome === "ABANDONED" || leg.outcome === "FAILED" ? false : null);
}

function isHandedOn(leg: Told): boolean | null {
  if (leg.outcome === "TRANSFERRED_OUT") return true;
  return of(leg, "is_transferred") ?? (leg.outcome === "HANDLED" ? false : null);
}

function isSurveyed(leg: Told): boolean | null {
  return of(leg, "csat_score") !== null ? true : of(leg, "is_transferred_to_survey");
}

/** Whether they came again for the same; nobody knows it of somebody whom nothing identifies. */
function cameForTheSame(world: readonly Told[], leg: Told, question: Question): boolean | null {
  if (!leg.isIdentified) return null;
  const [topic, later] = [topicOf(leg), contactsAfter(world, leg, question)];
  return anyOf(later.map((other) => (topic === null || topicOf(other) === null ? null : topicOf(other) === topic)));
}

function wasHelped(world: readonly Told[], leg: Told, question: Question): boolean | null {
  if (!leg.isIdentified) return null;
  return anyOf(laterOf(world, leg, question).map((other) => (isOpenEnded(other) ? null : isHandled(other))));
}

const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** A figure over the legs that know it, and how many of those that it may be about do. */
interface Counted {
  value: number | null;
  known: number;
  eligible: number;
}

/** The figures by name, written as the definitions put them, each with its coverage. */
export function figuresOf(world: readonly Told[], { legs }: Row, question: Question) {
  const { serviceLevelSeconds, shortAbandonSeconds } = question;
  const count = (condition: (leg: Told) => unknown, all = legs) => all.filter((leg) => condition(leg) === true).length;
  const mean = (all: readonly Told[], eligible: number, numberOf: (leg: Told) => number | null): Counted => {
    const known = all.map(numberOf).filter((number) => number !== null);
    return { value: rate(sum(known), known.length), known: known.length, eligible };
  };
  const share = (all: readonly Told[], eligible: number, answerOf: (leg: Told) => boolean | null): Counted => {
    const known = all.map(answerOf).filter((answer) => answer !== null);
    return { value: rate(known.filter(Boolean).length, known.length), known: known.length, eligible };
  };
  const handled = legs.filter(isHandled);
  const openEnded = legs.filter(isOpenEnded);
  const openInbound = openEnded.filter((leg) => of(leg, "direction") !== "OUTBOUND");
  const mayBeHandled = handled.length + openEnded.length;
  const queued = legs.filter(isQueued);
  const mayBeQueued = unique([...queued, ...openInbound]);
  const ended = queued.filter((leg) => !isOpenEnded(leg));
  const answered = handled.filter(isQueued);
  const abandoned = legs.filter(isAbandoned);
  const [timedAnswers, timedAbandons] = [answered, abandoned].map((all) => all.filter((leg) => waitOf(leg) !== null));
  const inTime = (limit: number) => (leg: Told) => waitOf(leg)! <= limit;
  const fast = count(inTime(serviceLevelSeconds), timedAnswers);
  const early = count(inTime(serviceLevelSeconds), timedAbandons);
  const short = count(inTime(shortAbandonSeconds), timedAbandons);
  const all = timedAnswers!.length + timedAbandons!.length;
  const bots = legs.filter(({ channel }) => channel === "IVR" || channel === "BOT");
  const digital = legs.filter((leg) => leg.channel === "IVR" || of(leg, "is_digital_offered") !== null);
  const offered = legs.filter((leg) => of(leg, "is_digital_offered") === true);
  const mayBeOffered = digital.filter((leg) => of(leg, "is_digital_offered") !== false).length;
  const scored = legs.filter((leg) => of(leg, "csat_score") !== null);
  const isScaled = (leg: (typeof scored)[number]) =>
    of(leg, "csat_scale_max") !== null && (of(leg, "csat_score") as number) <= (of(leg, "csat_scale_max") as number);
  const scaled = scored.filter(isScaled);
  const contacts = contactsOf(world, legs);
  const known = contacts.flatMap((contact) => contact.find((leg) => leg.isIdentified) ?? []);
  const topical = known.filter((leg) => topicOf(leg) !== null && cameForTheSame(world, leg, question) !== null);
  const stated = legs.filter((leg) => of(leg, "is_resolved") !== null);
  const flagged = contacts.map((contact) => contact.at(-1)!).filter((leg) => stated.includes(leg));
  const surveyed = stated.filter((leg) => of(leg, "csat_score") !== null || leg.channel === "SURVEY");
  const resolved = (leg: Told) => of(leg, "is_resolved") === true;
  const calls = legs.filter(
    (leg) => leg.channel === "VOICE" && of(leg, "direction") !== "OUTBOUND" && of(leg, "is_call_back") !== true,
  );
  const callers = contactsOf(world, calls).flatMap((contact) => contact.find((leg) => leg.isIdentified) ?? []);
  const repeaters = callers.filter((leg) => contactsAfter(world, leg, question).some((o) => o.channel === "VOICE"));
  const asked = legs.filter((leg) => leg.outcome === "CALLBACK_REQUESTED" && isQueued(leg));
  const journeys = contacts.filter((contact) => contact.some(isKeyed));
  const channelsOf = ([leg]: Told[]) => unique(companyOf(world, leg!).map((event) => event.channel));
  const priced = contacts.filter((contact) => contact.every((leg) => leg.cost)).flat();
  const pricedContacts = contactsOf(world, priced).length;
  return {
    counts: {
      contacts: contacts.length,
      legs: legs.length,
      calls: contactsOf(world, calls).length,
      queued: queued.length,
      handled: handled.length,
      abandoned: abandoned.length,
      shortAbandoned: short,
    },
    rates: {
      averageHandleSeconds: mean(handled, mayBeHandled, (leg) => lengthsOf(leg).handle),
      averageTalkSeconds: mean(handled, mayBeHandled, (leg) => lengthsOf(leg).talk),
      averageHoldSeconds: {
        ...mean(handled, mayBeHandled, (leg) => lengthsOf(leg).hold),
        value: rate(
          sum(handled.map((leg) => lengthsOf(leg).hold ?? 0)),
          count((leg) => (lengthsOf(leg).hold ?? 0) > 0, handled),
        ),
      },
      averageHoldSecondsAllContacts: mean(handled, mayBeHandled, (leg) => lengthsOf(leg).hold),
      averageWrapUpSeconds: mean(handled, mayBeHandled, (leg) => lengthsOf(leg).wrapUp),
      averageSpeedOfAnswerSeconds: mean(answered, answered.length + openInbound.length, waitOf),
      averageAbandonSeconds: mean(abandoned, abandoned.length + openInbound.length, waitOf),
      maxQueueSeconds: {
        ...mean(queued, mayBeQueued.length, waitOf),
        value: queued.map(waitOf).reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null),
      },
      abandonmentRate: share(ended, mayBeQueued.length, isAbandoned),
      transferRate: share(handled, mayBeHandled, isHandedOn),
      callbackRate: share(ended, mayBeQueued.length, (leg) => leg.outcome === "CALLBACK_REQUESTED"),
      callbackCompletionRate: share(asked, asked.length + openInbound.length, (leg) => isConnected(world, leg)),
      escalationRate: share(bots, bots.length, isEscalated),
      containmentRate: share(bots, bots.length, (leg) => no(isEscalated(leg))),
      functionalContainmentRate: share(bots, bots.length, (leg) =>
        allOf([no(isEscalated(leg)), isFulfilled(leg), no(cameForTheSame(world, leg, question))]),
      ),
      digitalOfferedRate: share(digital, digital.length, (leg) => of(leg, "is_digital_offered")),
      digitalAcceptedRate: share(offered, mayBeOffered, (leg) => of(leg, "is_digital_accepted")),
      netDeflectionRate: share(offered, mayBeOffered, (leg) =>
        allOf([of(leg, "is_digital_accepted"), no(wasHelped(world, leg, question))]),
      ),
      averageCsat: mean(scaled, legs.length, (leg) => (of(leg, "csat_score") as number) / of(leg, "csat_scale_max")),
      csatTopTwoBox: share(
        scaled,
        legs.length,
        (leg) => (of(leg, "csat_score") as number) >= (of(leg, "csat_scale_max") as number) - 1,
      ),
      surveyResponseRate: {
        value: rate(scored.length, count(isSurveyed)),
        known: legs.filter((leg) => isSurveyed(leg) !== null).length,
        eligible: legs.length,
      },
      repeatCallerRate: {
        value: rate(
          unique(repeaters.map((leg) => leg.customerId)).length,
          unique(callers.map((leg) => leg.customerId)).length,
        ),
        known: callers.length,
        eligible: contactsOf(world, calls).length,
      },
      channelSwitchRate: {
        value: rate(journeys.filter((contact) => channelsOf(contact).length > 1).length, journeys.length),
        known: journeys.length,
        eligible: contacts.length,
      },
    } satisfies Record<string, Counted>,
    serviceLevels: [
      [fast + early, all],
      [fast, timedAnswers!.length],
      [fast, all],
      [fast, all - early],
      [fast + short, all],
      [fast, all - short],
    ],
    firstContactResolution: [
      [count(resolved, flagged), flagged.length],
      [count((leg) => contactsAfter(world, leg, question).length === 0, known), known.length],
      [count((leg) => cameForTheSame(world, leg, question) === false, topical), topical.length],
      [count(resolved, surveyed), surveyed.length],
    ],
    costs: unique(priced.map((leg) => leg.cost![1]))
      .sort()
      .map((currency) => [
        currency,
        sum(priced.filter((leg) => leg.cost![1] === currency).map((leg) => leg.cost![0])) / pricedContacts,
      ]),
    csat: unique(scored.map((leg) => `${leg.source ?? "test"} ${isScaled(leg) ? of(leg, "csat_scale_max") : ""}`))
      .length,
  };
}

const no = (answer: boolean | null) => (answer === null ? null : !answer);
