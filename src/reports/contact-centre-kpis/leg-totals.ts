import { CHANNELS } from "../../fields/choices.ts";
import { NO_CODE, type Partition } from "../../journeys/columns.ts";
import { claimed, type LegFacts } from "./facts.ts";
import { ended, hasAgents, type Legs } from "./leg.ts";
import { FOR_THE_SAME, HELPED, MAYBE_FOR_THE_SAME, MAYBE_HELPED } from "./repeats.ts";
import { T } from "./totals.ts";

/** WaitLimits of waits, in seconds, inclusive. */
export interface WaitLimits {
  serviceLevel: number;
  shortAbandon: number;
}

/** Where numbers are added: those of a group begin at `base`. */
interface Into {
  totals: Float64Array;
  base: number;
}

/** What adds a leg to the totals of its group; `repeats` are its bits of what followed, null where nobody knows who called. */
export function compileTotals({ legs }: Partition, limits: WaitLimits) {
  return (into: Into, facts: LegFacts, repeats: number | null): void => {
    const { totals, base } = into;
    totals[base + T.told]! += 1;
    if (!facts.isAccount) totals[base + T.legs]! += 1;
    addQueue(into, facts, legs);
    addWaits(into, facts, limits);
    addHandling(into, facts);
    addBot(into, legs, facts, repeats);
    addOffer(into, legs, facts.row, repeats);
    addSatisfaction(into, legs, facts.row);
  };
}

const CALLBACK_REQUESTED = ended("CALLBACK_REQUESTED");

function addQueue({ totals, base }: Into, facts: LegFacts, legs: Legs): void {
  const mayBeQueued = facts.isOpenEnded && !facts.isOutbound;
  if (mayBeQueued) totals[base + T.openEndedInbound]! += 1;
  if (mayBeQueued || facts.isQueued) totals[base + T.mayBeQueued]! += 1;
  if (!facts.isQueued) return;
  totals[base + T.queued]! += 1;
  if (!facts.isOpenEnded) totals[base + T.queuedKnown]! += 1;
  if (facts.wait !== -1) {
    totals[base + T.waitKnown]! += 1;
    totals[base + T.maxQueueSeconds] = Math.max(totals[base + T.maxQueueSeconds]!, facts.wait);
  }
  if (legs.outcome[facts.row] !== CALLBACK_REQUESTED) return;
  totals[base + T.callbacksAsked]! += 1;
  if (facts.isConnected) totals[base + T.callbacksConnected]! += 1;
}

/** The waits of those who were answered, and of those who were not. */
function addWaits({ totals, base }: Into, facts: LegFacts, { serviceLevel, shortAbandon }: WaitLimits): void {
  const { wait } = facts;
  const isKnown = wait !== -1;
  if (facts.isHandled && facts.isQueued) {
    totals[base + T.answered]! += 1;
    if (isKnown) addLength(totals, base + T.answerKnown, base + T.answerSeconds, wait);
    if (isKnown && wait <= serviceLevel) totals[base + T.answeredInTime]! += 1;
  }
  if (facts.isAbandoned) {
    totals[base + T.abandoned]! += 1;
    if (isKnown) addLength(totals, base + T.abandonKnown, base + T.abandonSeconds, wait);
    if (isKnown && wait <= serviceLevel) totals[base + T.abandonedInTime]! += 1;
    if (isKnown && wait <= shortAbandon) totals[base + T.shortAbandoned]! += 1;
  }
}

function addLength(totals: Float64Array, known: number, sum: number, seconds: number): void {
  if (seconds === -1) return;
  totals[known]! += 1;
  totals[sum]! += seconds;
}

function addHandling({ totals, base }: Into, facts: LegFacts): void {
  if (facts.isOpenEnded) totals[base + T.openEnded]! += 1;
  if (!facts.isHandled) return;
  totals[base + T.handled]! += 1;
  addLength(totals, base + T.handleKnown, base + T.handleSeconds, facts.handle);
  addLength(totals, base + T.talkKnown, base + T.talkSeconds, facts.talk);
  addLength(totals, base + T.holdKnown, base + T.holdSeconds, facts.hold);
  addLength(totals, base + T.wrapUpKnown, base + T.wrapUpSeconds, facts.wrapUp);
  if (facts.hold > 0) totals[base + T.held]! += 1;
  if (facts.isHandedOn !== null) totals[base + T.transferredKnown]! += 1;
  if (facts.isHandedOn) totals[base + T.transferred]! += 1;
}

const IVR = CHANNELS.indexOf("IVR");
const BOT = CHANNELS.indexOf("BOT");
const SURVEY = CHANNELS.indexOf("SURVEY");

function addBot({ totals, base }: Into, legs: Legs, facts: LegFacts, repeats: number | null): void {
  const { row } = facts;
  if (legs.channel[row] !== IVR && legs.channel[row] !== BOT) return;
  totals[base + T.bots]! += 1;
  const escalated = isEscalated(legs, facts);
  if (escalated !== null) totals[base + T.botsKnown]! += 1;
  if (escalated) totals[base + T.escalated]! += 1;
  const cameAgain = repeats === null ? null : known(repeats, FOR_THE_SAME, MAYBE_FOR_THE_SAME);
  const contained = all(not(escalated), isFulfilled(legs, row), not(cameAgain));
  if (contained !== null) totals[base + T.containedKnown]! += 1;
  if (contained) totals[base + T.contained]! += 1;
}

/** CONTAINED and ABANDONED are ends of their own; any other outcome does not rule a transfer out, or in. */
function isEscalated(legs: Legs, { row, isTransferred }: LegFacts): boolean | null {
  const outcome = legs.outcome[row]!;
  if (outcome === ended("TRANSFERRED_OUT")) return true;
  if (outcome === ended("CONTAINED") || outcome === ended("ABANDONED")) return false;
  if (isTransferred !== true) return isTransferred;
  const to = legs.transferredTo[row]!;
  return to === NO_CODE || hasAgents(to);
}

function isFulfilled(legs: Legs, row: number): boolean | null {
  const outcome = legs.outcome[row]!;
  const isLost = outcome === ended("ABANDONED") || outcome === ended("FAILED");
  return claimed(legs.isResolved[row]!) ?? (isLost ? false : null);
}

function addOffer({ totals, base }: Into, legs: Legs, row: number, repeats: number | null): void {
  const isOffered = claimed(legs.isDigitalOffered[row]!);
  if (legs.channel[row] !== IVR && isOffered === null) return;
  totals[base + T.mayBeDigital]! += 1;
  if (isOffered !== null) totals[base + T.digitalKnown]! += 1;
  if (isOffered !== false) totals[base + T.mayBeAccepted]! += 1;
  if (!isOffered) return;
  totals[base + T.digitalOffered]! += 1;
  const isAccepted = claimed(legs.isDigitalAccepted[row]!);
  if (isAccepted !== null) totals[base + T.acceptedKnown]! += 1;
  if (isAccepted) totals[base + T.digitalAccepted]! += 1;
  const wasHelped = repeats === null ? null : known(repeats, HELPED, MAYBE_HELPED);
  const deflected = all(isAccepted, not(wasHelped));
  if (deflected !== null) totals[base + T.deflectedKnown]! += 1;
  if (deflected) totals[base + T.deflected]! += 1;
}

function addSatisfaction({ totals, base }: Into, legs: Legs, row: number): void {
  const [score, scale] = [legs.csatScore[row]!, legs.csatScaleMax[row]!];
  const isScored = !Number.isNaN(score);
  if (isScored) totals[base + T.scores]! += 1;
  // Of a score above its scale nobody knows which of the two is wrong.
  if (isScored && score <= scale) {
    totals[base + T.scored]! += 1;
    totals[base + T.scoreSum]! += score / scale;
    if (score >= scale - 1) totals[base + T.topScores]! += 1;
  }
  const isSurveyed = isScored ? true : claimed(legs.isTransferredToSurvey[row]!);
  if (isSurveyed !== null) totals[base + T.surveysKnown]! += 1;
  if (isSurveyed) totals[base + T.surveysOffered]! += 1;
  const isResolved = claimed(legs.isResolved[row]!);
  if (isResolved === null || (!isScored && legs.channel[row] !== SURVEY)) return;
  totals[base + T.surveyed]! += 1;
  if (isResolved) totals[base + T.surveyedResolved]! += 1;
}

// What holds of what is not all known.

const not = (claim: boolean | null): boolean | null => (claim === null ? null : !claim);

function all(...claims: (boolean | null)[]): boolean | null {
  if (claims.includes(false)) return false;
  return claims.includes(null) ? null : true;
}

/** Whether something followed: a bit says that it did, another that it may have. */
export function known(repeats: number, is: number, maybe: number): boolean | null {
  if (repeats & is) return true;
  return repeats & maybe ? null : false;
}
