import type { Money } from "../../kit/money.ts";

/**
 * What is added up over the legs of one group in one interval; `told` counts accounts of the same leg too, and what counts
 * contacts counts the legs that lead them. Of each figure: the legs that it may be about, the `…Known` ones among them,
 * which say what it needs, and what those add up to. The number is its place among those of a group.
 */
export const T = {
  contacts: 0,
  legs: 1,
  told: 2,
  openEnded: 3,
  queued: 4,
  mayBeQueued: 5,
  queuedKnown: 6,
  waitKnown: 7,
  maxQueueSeconds: 8,
  handled: 9,
  handleSeconds: 10,
  handleKnown: 11,
  talkSeconds: 12,
  talkKnown: 13,
  holdSeconds: 14,
  holdKnown: 15,
  held: 16,
  wrapUpSeconds: 17,
  wrapUpKnown: 18,
  transferred: 19,
  transferredKnown: 20,
  openEndedInbound: 21,
  answered: 22,
  answerSeconds: 23,
  answerKnown: 24,
  answeredInTime: 25,
  abandoned: 26,
  abandonSeconds: 27,
  abandonKnown: 28,
  abandonedInTime: 29,
  shortAbandoned: 30,
  callbacksAsked: 31,
  callbacksConnected: 32,
  bots: 33,
  botsKnown: 34,
  escalated: 35,
  contained: 36,
  containedKnown: 37,
  mayBeDigital: 38,
  digitalKnown: 39,
  digitalOffered: 40,
  mayBeAccepted: 41,
  digitalAccepted: 42,
  acceptedKnown: 43,
  deflected: 44,
  deflectedKnown: 45,
  scores: 46,
  scored: 47,
  scoreSum: 48,
  topScores: 49,
  surveysOffered: 50,
  surveysKnown: 51,
  flagged: 52,
  flaggedResolved: 53,
  surveyed: 54,
  surveyedResolved: 55,
  identified: 56,
  unrepeated: 57,
  topicsKnown: 58,
  unrepeatedTopics: 59,
  calls: 60,
  callsIdentified: 61,
  callers: 62,
  repeatCallers: 63,
  journeys: 64,
  switchingJourneys: 65,
  priced: 66,
} as const;
type TotalName = keyof typeof T;
const TOTALS = Object.entries(T) as [TotalName, number][];

/** Numbers of a group. */
export const WIDTH = TOTALS.length;

/** The totals of a row by name, with what has a currency or a scale. */
export interface KpiTotals extends Record<TotalName, number> {
  /** The place of its interval, and when that begins; null where none was asked for. */
  bucket: number;
  bucketStart: Date | null;
  /** Identified customers who did anything in the interval. */
  activeCustomers: number;
  groups: (string | null)[];
  facet: string | null;
  costPerContact: Money[];
  csat: { source: string; scaleMax: number | null; average: number; scores: number }[];
}

/** The numbers of one group; of none, nothing added up: what an empty interval answers. */
export function totalsIn(numbers: ArrayLike<number>): Record<TotalName, number> {
  return Object.fromEntries(TOTALS.map(([name, place]) => [name, numbers[place] ?? 0])) as Record<TotalName, number>;
}
