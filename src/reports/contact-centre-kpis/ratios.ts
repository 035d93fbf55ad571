import type { KpiRowType } from "./kpi-row.type.ts";
import { ratio } from "./methods.ts";
import type { KpiTotals } from "./totals.ts";

type Division = (t: KpiTotals) => readonly [numerator: number, denominator: number];

/** What each rate and average divides by what. */
export const RATIOS = {
  averageHandleSeconds: (t) => [t.handleSeconds, t.handleKnown],
  averageTalkSeconds: (t) => [t.talkSeconds, t.talkKnown],
  averageHoldSeconds: (t) => [t.holdSeconds, t.held],
  averageHoldSecondsAllContacts: (t) => [t.holdSeconds, t.holdKnown],
  averageWrapUpSeconds: (t) => [t.wrapUpSeconds, t.wrapUpKnown],
  averageSpeedOfAnswerSeconds: (t) => [t.answerSeconds, t.answerKnown],
  averageAbandonSeconds: (t) => [t.abandonSeconds, t.abandonKnown],
  abandonmentRate: (t) => [t.abandoned, t.queuedKnown],
  transferRate: (t) => [t.transferred, t.transferredKnown],
  callbackRate: (t) => [t.callbacksAsked, t.queuedKnown],
  callbackCompletionRate: (t) => [t.callbacksConnected, t.callbacksAsked],
  escalationRate: (t) => [t.escalated, t.botsKnown],
  repeatCallerRate: (t) => [t.repeatCallers, t.callers],
  containmentRate: (t) => [t.botsKnown - t.escalated, t.botsKnown],
  functionalContainmentRate: (t) => [t.contained, t.containedKnown],
  digitalOfferedRate: (t) => [t.digitalOffered, t.digitalKnown],
  digitalAcceptedRate: (t) => [t.digitalAccepted, t.acceptedKnown],
  netDeflectionRate: (t) => [t.deflected, t.deflectedKnown],
  averageCsat: (t) => [t.scoreSum, t.scored],
  csatTopTwoBox: (t) => [t.topScores, t.scored],
  surveyResponseRate: (t) => [t.scores, t.surveysOffered],
  contactRate: (t) => [t.contacts, t.activeCustomers],
  channelSwitchRate: (t) => [t.switchingJourneys, t.journeys],
} satisfies Partial<Record<keyof KpiRowType, Division>>;

type Ratios = Record<keyof typeof RATIOS, number | null>;

/** Every rate and average; null where nothing is left to divide by. */
export function ratiosOf(t: KpiTotals): Ratios {
  const divisions = Object.entries<Division>(RATIOS);
  return Object.fromEntries(divisions.map(([name, division]) => [name, ratio(...division(t))])) as Ratios;
}
