import { sum, unique } from "../kit/recount.ts";
import type { Told } from "../kit/world.ts";
import {
  isAbandoned,
  isHandled,
  isLeg,
  isQueued,
  lengthsOf,
  of,
  type Question,
  type Row,
  SOFTWARE,
  waitOf,
} from "./recount.ts";

const topicOf = (leg: Told) => leg.intent ?? leg.callReason ?? null;

/** What the customer did within the window after a leg. */
function laterOf(world: readonly Told[], leg: Told, { repeatWindowDays }: Question): Told[] {
  if (!leg.isIdentified) return [];
  return world.filter(
    (other) =>
      isLeg(other) &&
      other.customerId === leg.customerId &&
      (other.at > leg.at || (other.at.getTime() === leg.at.getTime() && other.id > leg.id)) &&
      other.at.getTime() - leg.at.getTime() <= repeatWindowDays * 86_400_000,
  );
}

function contactsAfter(world: readonly Told[], leg: Told, question: Question): Told[] {
  return laterOf(world, leg, question).filter(
    (other) =>
      other.channel !== "SURVEY" &&
      of(other, "direction") !== "OUTBOUND" &&
      of(other, "is_call_back") !== true &&
      !(other.universalSessionId != null && other.universalSessionId === leg.universalSessionId),
  );
}

/** The figures by name, written as the definitions put them. */
export function figuresOf(world: readonly Told[], { legs }: Row, question: Question) {
  const { serviceLevelSeconds, shortAbandonSeconds } = question;
  const count = (condition: (leg: Told) => unknown, all = legs) => all.filter((leg) => condition(leg) === true).length;
  const mean = (all: Told[], numberOf: (leg: Told) => number, by = all.length) =>
    by === 0 ? null : sum(all.map(numberOf)) / by;
  const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const handled = legs.filter(isHandled);
  const queued = legs.filter(isQueued);
  const answered = handled.filter(isQueued);
  const abandoned = legs.filter(isAbandoned);
  const inTime = (limit: number) => (leg: Told) => waitOf(leg) !== null && waitOf(leg)! <= limit;
  const [fast, early] = [count(inTime(serviceLevelSeconds), answered), count(inTime(serviceLevelSeconds), abandoned)];
  const short = count(inTime(shortAbandonSeconds), abandoned);
  const all = answered.length + abandoned.length;
  const bots = legs.filter(({ channel }) => channel === "IVR" || channel === "BOT");
  const isEscalated = (leg: Told) =>
    leg.outcome === "TRANSFERRED_OUT" ||
    (of(leg, "is_transferred") === true && !SOFTWARE.includes(of(leg, "channel_type_transferred") ?? "VOICE"));
  const isFulfilled = (leg: Told) =>
    of(leg, "is_resolved") ?? (leg.outcome === "CONTAINED" || leg.outcome === "HANDLED");
  const sameTopic = (leg: Told) =>
    contactsAfter(world, leg, question).some((other) => topicOf(leg) !== null && topicOf(other) === topicOf(leg));
  const offered = legs.filter((leg) => of(leg, "is_digital_offered") === true);
  const scored = legs.filter((leg) => of(leg, "csat_score") !== null);
  const known = legs.filter((leg) => leg.isIdentified);
  const topical = known.filter((leg) => topicOf(leg) !== null);
  const flagged = legs.filter((leg) => of(leg, "is_resolved") !== null);
  const surveyed = flagged.filter((leg) => of(leg, "csat_score") !== null || leg.channel === "SURVEY");
  const resolved = (leg: Told) => of(leg, "is_resolved") === true;
  const callers = known.filter(
    (leg) => leg.channel === "VOICE" && of(leg, "direction") !== "OUTBOUND" && of(leg, "is_call_back") !== true,
  );
  const repeaters = callers.filter((leg) => contactsAfter(world, leg, question).some((o) => o.channel === "VOICE"));
  const asked = legs.filter((leg) => leg.outcome === "CALLBACK_REQUESTED" && isQueued(leg));
  const journeys = unique(legs.map((leg) => leg.universalSessionId).filter((id) => id != null));
  const channelsOf = (id: string) =>
    unique(world.filter((event) => event.universalSessionId === id).map((event) => event.channel));
  return {
    contacts: legs.length,
    queued: queued.length,
    handled: handled.length,
    abandoned: abandoned.length,
    shortAbandoned: short,
    averageHandleSeconds: mean(handled, (leg) => lengthsOf(leg).handle),
    averageTalkSeconds: mean(handled, (leg) => lengthsOf(leg).talk),
    averageHoldSeconds: mean(
      handled,
      (leg) => lengthsOf(leg).hold,
      count((leg) => lengthsOf(leg).hold > 0, handled),
    ),
    averageHoldSecondsAllContacts: mean(handled, (leg) => lengthsOf(leg).hold),
    averageWrapUpSeconds: mean(handled, (leg) => lengthsOf(leg).wrapUp),
    averageSpeedOfAnswerSeconds: mean(answered, (leg) => waitOf(leg) ?? 0),
    averageAbandonSeconds: mean(abandoned, (leg) => waitOf(leg) ?? 0),
    maxQueueSeconds: queued.map(waitOf).reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null),
    abandonmentRate: rate(abandoned.length, queued.length),
    transferRate: rate(
      count((leg) => leg.outcome === "TRANSFERRED_OUT" || of(leg, "is_transferred") === true, handled),
      handled.length,
    ),
    callbackRate: rate(asked.length, queued.length),
    callbackCompletionRate: rate(
      count((leg) => isConnected(world, leg), asked),
      asked.length,
    ),
    escalationRate: rate(count(isEscalated, bots), bots.length),
    containmentRate: rate(
      count((leg) => !isEscalated(leg), bots),
      bots.length,
    ),
    functionalContainmentRate: rate(
      count((leg) => !isEscalated(leg) && isFulfilled(leg) && !sameTopic(leg), bots),
      bots.length,
    ),
    digitalOfferedRate: rate(
      offered.length,
      count((leg) => leg.channel === "IVR" || of(leg, "is_digital_offered") !== null),
    ),
    digitalAcceptedRate: rate(
      count((leg) => of(leg, "is_digital_accepted") === true, offered),
      offered.length,
    ),
    netDeflectionRate: rate(
      count(
        (leg) => of(leg, "is_digital_accepted") === true && !laterOf(world, leg, question).some(isHandled),
        offered,
      ),
      offered.length,
    ),
    averageCsat: mean(scored, (leg) => of(leg, "csat_score")),
    csatTopTwoBox: rate(
      count(
        (leg) => (of(leg, "csat_score") as number) >= ((of(leg, "csat_scale_max") as number | null) ?? 5) - 1,
        scored,
      ),
      scored.length,
    ),
    surveyResponseRate: rate(
      scored.length,
      count((leg) => of(leg, "is_transferred_to_survey") === true || of(leg, "csat_score") !== null),
    ),
    repeatCallerRate: rate(
      unique(repeaters.map((leg) => leg.customerId)).length,
      unique(callers.map((leg) => leg.customerId)).length,
    ),
    channelSwitchRate: rate(journeys.filter((id) => channelsOf(id!).length > 1).length, journeys.length),
    serviceLevels: [
      [fast + early, all],
      [fast, answered.length],
      [fast, all],
      [fast, all - early],
      [fast + short, all],
      [fast, all - short],
    ],
    firstContactResolution: [
      [count(resolved, flagged), flagged.length],
      [count((leg) => contactsAfter(world, leg, question).length === 0, known), known.length],
      [count((leg) => !sameTopic(leg), topical), topical.length],
      [count(resolved, surveyed), surveyed.length],
    ],
    costs: unique(legs.filter((leg) => leg.cost).map((leg) => leg.cost![1]))
      .sort()
      .map((currency) => [
        currency,
        sum(legs.filter((leg) => leg.cost?.[1] === currency).map((leg) => leg.cost![0])) / legs.length,
      ]),
  };
}

function isConnected(world: readonly Told[], asked: Told): boolean {
  const sessions = [of(asked, "session_id"), asked.universalSessionId, asked.id].filter((id) => id != null);
  return world.some(
    (leg) =>
      isLeg(leg) &&
      of(leg, "is_call_back") === true &&
      isHandled(leg) &&
      sessions.includes(of(leg, "call_back_session_id") as never),
  );
}
