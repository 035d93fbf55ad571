import type { KpiInput } from "./contact-centre-kpis.type.ts";
import type { KpiRowType } from "./kpi-row.type.ts";
import type { FirstContactResolutionType, ServiceLevelType } from "./method.type.ts";
import type { KpiTotals } from "./totals.sql.ts";

/** Nothing added up: what an empty interval answers. */
export const NOTHING: Omit<KpiTotals, "bucket" | "groups"> = {
  contacts: 0,
  queued: 0,
  handled: 0,
  answered: 0,
  answeredInTime: 0,
  abandoned: 0,
  abandonedInTime: 0,
  shortAbandoned: 0,
  handleSeconds: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  held: 0,
  wrapUpSeconds: 0,
  answerSeconds: 0,
  abandonSeconds: 0,
  maxQueueSeconds: null,
  transferred: 0,
  callbacksAsked: 0,
  callbacksConnected: 0,
  bots: 0,
  escalated: 0,
  contained: 0,
  digitalAsked: 0,
  digitalOffered: 0,
  digitalAccepted: 0,
  deflected: 0,
  scores: 0,
  scoreSum: 0,
  topScores: 0,
  surveysOffered: 0,
  flagged: 0,
  flaggedResolved: 0,
  surveyed: 0,
  surveyedResolved: 0,
  identified: 0,
  unrepeated: 0,
  identifiedTopics: 0,
  unrepeatedTopics: 0,
  callers: 0,
  repeatCallers: 0,
  journeys: 0,
  switchingJourneys: 0,
  costPerContact: [],
};

/** The figures of one row: every one is a division of two totals. */
export function figuresOf(t: KpiTotals, input: KpiInput, activeCustomers: number): KpiRowType {
  return {
    group: input.groupBy.map((dimension, i) => ({ dimension, value: t.groups[i] ?? null })),
    bucketStart: t.bucket,
    contacts: t.contacts,
    queued: t.queued,
    handled: t.handled,
    abandoned: t.abandoned,
    shortAbandoned: t.shortAbandoned,
    averageHandleSeconds: ratio(t.handleSeconds, t.handled),
    averageTalkSeconds: ratio(t.talkSeconds, t.handled),
    averageHoldSeconds: ratio(t.holdSeconds, t.held),
    averageHoldSecondsAllContacts: ratio(t.holdSeconds, t.handled),
    averageWrapUpSeconds: ratio(t.wrapUpSeconds, t.handled),
    averageSpeedOfAnswerSeconds: ratio(t.answerSeconds, t.answered),
    averageAbandonSeconds: ratio(t.abandonSeconds, t.abandoned),
    maxQueueSeconds: t.maxQueueSeconds,
    abandonmentRate: ratio(t.abandoned, t.queued),
    transferRate: ratio(t.transferred, t.handled),
    callbackRate: ratio(t.callbacksAsked, t.queued),
    callbackCompletionRate: ratio(t.callbacksConnected, t.callbacksAsked),
    escalationRate: ratio(t.escalated, t.bots),
    serviceLevels: serviceLevelsOf(t, input),
    firstContactResolution: resolutionsOf(t, input),
    repeatCallerRate: ratio(t.repeatCallers, t.callers),
    containmentRate: ratio(t.bots - t.escalated, t.bots),
    functionalContainmentRate: ratio(t.contained, t.bots),
    digitalOfferedRate: ratio(t.digitalOffered, t.digitalAsked),
    digitalAcceptedRate: ratio(t.digitalAccepted, t.digitalOffered),
    netDeflectionRate: ratio(t.deflected, t.digitalOffered),
    averageCsat: ratio(t.scoreSum, t.scores),
    csatTopTwoBox: ratio(t.topScores, t.scores),
    surveyResponseRate: ratio(t.scores, t.surveysOffered),
    costPerContact: t.costPerContact,
    contactRate: ratio(t.contacts, activeCustomers),
    channelSwitchRate: ratio(t.switchingJourneys, t.journeys),
  };
}

function serviceLevelsOf(t: KpiTotals, { serviceLevelSeconds, shortAbandonSeconds }: KpiInput): ServiceLevelType[] {
  const all = t.answered + t.abandoned;
  const within = `within ${serviceLevelSeconds} s`;
  const short = `abandoned within ${shortAbandonSeconds} s`;
  return [
    {
      method: "ALL_IN",
      ...divided(t.answeredInTime + t.abandonedInTime, all),
      definition: `(answered ${within} + abandoned ${within}) / (answered + abandoned)`,
    },
    {
      method: "ANSWERED_ONLY",
      ...divided(t.answeredInTime, t.answered),
      definition: `answered ${within} / answered`,
    },
    {
      method: "ABANDON_NEGATIVE",
      ...divided(t.answeredInTime, all),
      definition: `answered ${within} / (answered + abandoned)`,
    },
    {
      method: "IGNORE_EARLY_ABANDON",
      ...divided(t.answeredInTime, all - t.abandonedInTime),
      definition: `answered ${within} / (answered + abandoned later than ${serviceLevelSeconds} s)`,
    },
    {
      method: "SHORT_CREDITED",
      ...divided(t.answeredInTime + t.shortAbandoned, all),
      definition: `(answered ${within} + ${short}) / (answered + abandoned)`,
    },
    {
      method: "SHORT_EXCLUDED",
      ...divided(t.answeredInTime, all - t.shortAbandoned),
      definition: `answered ${within} / (answered + abandoned - ${short})`,
    },
  ];
}

function resolutionsOf(t: KpiTotals, { repeatWindowDays }: KpiInput): FirstContactResolutionType[] {
  const within = `within ${repeatWindowDays} days`;
  const others = "(surveys, outbound contacts, calls back and legs of the same journey are no further contacts)";
  return [
    {
      method: "FLAG",
      ...divided(t.flaggedResolved, t.flagged),
      definition: "contacts with isResolved true / contacts that state isResolved",
    },
    {
      method: "NO_REPEAT",
      ...divided(t.unrepeated, t.identified),
      definition: `contacts of identified customers without a further contact of theirs ${within} ${others} / contacts of identified customers`,
    },
    {
      method: "NO_REPEAT_SAME_INTENT",
      ...divided(t.unrepeatedTopics, t.identifiedTopics),
      definition: `contacts of identified customers with an intent or call reason, without a further contact of theirs for the same ${within} ${others} / contacts of identified customers with an intent or call reason`,
    },
    {
      method: "SURVEY",
      ...divided(t.surveyedResolved, t.surveyed),
      definition:
        "contacts with an answered survey and isResolved true / contacts with an answered survey that state isResolved",
    },
  ];
}

function divided(numerator: number, denominator: number) {
  return { numerator, denominator, value: ratio(numerator, denominator) };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
