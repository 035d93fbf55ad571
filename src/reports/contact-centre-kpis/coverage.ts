import type { CoverageType, KpiCoverage } from "./coverage.type.ts";
import type { KpiTotals } from "./totals.ts";

/** Of how many legs, or contacts, each figure knows what it needs. What ended nobody knows how may be what any of them is about. */
export function coverageOf(t: KpiTotals): KpiCoverage {
  const handled = (known: number) => covered(known, t.handled + t.openEnded);
  const ended = covered(t.queuedKnown, t.mayBeQueued);
  const transfers = covered(t.botsKnown, t.bots);
  return {
    averageHandleSeconds: handled(t.handleKnown),
    averageTalkSeconds: handled(t.talkKnown),
    averageHoldSeconds: handled(t.holdKnown),
    averageHoldSecondsAllContacts: handled(t.holdKnown),
    averageWrapUpSeconds: handled(t.wrapUpKnown),
    averageSpeedOfAnswerSeconds: covered(t.answerKnown, t.answered + t.openEndedInbound),
    averageAbandonSeconds: covered(t.abandonKnown, t.abandoned + t.openEndedInbound),
    maxQueueSeconds: covered(t.waitKnown, t.mayBeQueued),
    abandonmentRate: ended,
    transferRate: handled(t.transferredKnown),
    callbackRate: ended,
    callbackCompletionRate: covered(t.callbacksAsked, t.callbacksAsked + t.openEndedInbound),
    escalationRate: transfers,
    containmentRate: transfers,
    functionalContainmentRate: covered(t.containedKnown, t.bots),
    repeatCallerRate: covered(t.callsIdentified, t.calls),
    digitalOfferedRate: covered(t.digitalKnown, t.mayBeDigital),
    digitalAcceptedRate: covered(t.acceptedKnown, t.mayBeAccepted),
    netDeflectionRate: covered(t.deflectedKnown, t.mayBeAccepted),
    averageCsat: covered(t.scored, t.told),
    csatTopTwoBox: covered(t.scored, t.told),
    surveyResponseRate: covered(t.surveysKnown, t.told),
    costPerContact: covered(t.priced, t.contacts),
    contactRate: covered(t.identified, t.contacts),
    channelSwitchRate: covered(t.journeys, t.contacts),
  };
}

export function covered(known: number, eligible: number): CoverageType {
  return { known, eligible, share: eligible === 0 ? null : known / eligible };
}
