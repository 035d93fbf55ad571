import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { coverageOf } from "./coverage.ts";
import type { KpiGroupValueType, KpiRowType } from "./kpi-row.type.ts";
import { ratio, resolutionsOf, serviceLevelsOf } from "./methods.ts";
import type { KpiTotals } from "./totals.ts";

/** What rows are grouped by, in order. */
function groupedBy({ groupBy, groupByCarried }: KpiInput): Omit<KpiGroupValueType, "value">[] {
  return [
    ...groupBy.map((dimension) => ({ dimension, allocation: null })),
    ...(groupByCarried ?? []).map(({ dimension, allocation }) => ({ dimension, allocation })),
  ];
}

/** The figures of one row: every one is a division of two totals. */
export function figuresOf(t: KpiTotals, input: KpiInput): KpiRowType {
  return {
    group: groupedBy(input).map((group, i) => ({ ...group, value: t.groups[i] ?? null })),
    facet: t.facet,
    bucketStart: t.bucketStart,
    contacts: t.contacts,
    legs: t.legs,
    calls: t.calls,
    queued: t.queued,
    handled: t.handled,
    abandoned: t.abandoned,
    shortAbandoned: t.shortAbandoned,
    averageHandleSeconds: ratio(t.handleSeconds, t.handleKnown),
    averageTalkSeconds: ratio(t.talkSeconds, t.talkKnown),
    averageHoldSeconds: ratio(t.holdSeconds, t.held),
    averageHoldSecondsAllContacts: ratio(t.holdSeconds, t.holdKnown),
    averageWrapUpSeconds: ratio(t.wrapUpSeconds, t.wrapUpKnown),
    averageSpeedOfAnswerSeconds: ratio(t.answerSeconds, t.answerKnown),
    averageAbandonSeconds: ratio(t.abandonSeconds, t.abandonKnown),
    maxQueueSeconds: t.waitKnown === 0 ? null : t.maxQueueSeconds,
    abandonmentRate: ratio(t.abandoned, t.queuedKnown),
    transferRate: ratio(t.transferred, t.transferredKnown),
    callbackRate: ratio(t.callbacksAsked, t.queuedKnown),
    callbackCompletionRate: ratio(t.callbacksConnected, t.callbacksAsked),
    escalationRate: ratio(t.escalated, t.botsKnown),
    serviceLevels: serviceLevelsOf(t, input),
    firstContactResolution: resolutionsOf(t, input),
    repeatCallerRate: ratio(t.repeatCallers, t.callers),
    containmentRate: ratio(t.botsKnown - t.escalated, t.botsKnown),
    functionalContainmentRate: ratio(t.contained, t.containedKnown),
    digitalOfferedRate: ratio(t.digitalOffered, t.digitalKnown),
    digitalAcceptedRate: ratio(t.digitalAccepted, t.acceptedKnown),
    netDeflectionRate: ratio(t.deflected, t.deflectedKnown),
    csat: t.csat,
    averageCsat: ratio(t.scoreSum, t.scored),
    csatTopTwoBox: ratio(t.topScores, t.scored),
    surveyResponseRate: ratio(t.scores, t.surveysOffered),
    costPerContact: t.costPerContact,
    contactRate: ratio(t.contacts, t.activeCustomers),
    channelSwitchRate: ratio(t.switchingJourneys, t.journeys),
    coverage: coverageOf(t),
  };
}
