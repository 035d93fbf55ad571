import type { Money } from "../../kit/money.ts";

/**
 * What is added up over the legs of one group in one interval; `told` counts accounts of the same leg too, and what counts
 * contacts counts the legs that lead them. Of each figure: the legs that it may be about, the `…Known` ones among them,
 * which say what it needs, and what those add up to.
 */
const TOTALS = [
  "contacts",
  "legs",
  "told",
  "openEnded",
  "queued",
  "mayBeQueued",
  "queuedKnown",
  "waitKnown",
  "maxQueueSeconds",
  "handled",
  "handleSeconds",
  "handleKnown",
  "talkSeconds",
  "talkKnown",
  "holdSeconds",
  "holdKnown",
  "held",
  "wrapUpSeconds",
  "wrapUpKnown",
  "transferred",
  "transferredKnown",
  "openEndedInbound",
  "answered",
  "answerSeconds",
  "answerKnown",
  "answeredInTime",
  "abandoned",
  "abandonSeconds",
  "abandonKnown",
  "abandonedInTime",
  "shortAbandoned",
  "callbacksAsked",
  "callbacksConnected",
  "bots",
  "botsKnown",
  "escalated",
  "contained",
  "containedKnown",
  "mayBeDigital",
  "digitalKnown",
  "digitalOffered",
  "mayBeAccepted",
  "digitalAccepted",
  "acceptedKnown",
  "deflected",
  "deflectedKnown",
  "scores",
  "scored",
  "scoreSum",
  "topScores",
  "surveysOffered",
  "surveysKnown",
  "flagged",
  "flaggedResolved",
  "surveyed",
  "surveyedResolved",
  "identified",
  "unrepeated",
  "topicsKnown",
  "unrepeatedTopics",
  "calls",
  "callsIdentified",
  "callers",
  "repeatCallers",
  "journeys",
  "switchingJourneys",
  "priced",
] as const;
type TotalName = (typeof TOTALS)[number];

/** Numbers of groups. */
export const WIDTH = TOTALS.length;
/** Where each stands among the numbers of its group. */
export const T = Object.fromEntries(TOTALS.map((name, place) => [name, place])) as Record<TotalName, number>;

/** The totals of a row by name, with what has a currency or a scale. */
export interface KpiTotals extends Record<TotalName, number> {
  /** The place of its interval, and when that begins; null where none was asked for. */
  bucket: number;
  bucketStart: Date | null;
  /** Identified customers who did anything in the interval. */
  activeCustomers: number;
  groups: (string | null)[];
  costPerContact: Money[];
  csat: { source: string; scaleMax: number | null; average: number; scores: number }[];
}

/** The numbers of one group; of none, nothing added up: what an empty interval answers. */
export function totalsIn(numbers: ArrayLike<number>): Record<TotalName, number> {
  return Object.fromEntries(TOTALS.map((name, place) => [name, numbers[place] ?? 0])) as Record<TotalName, number>;
}
