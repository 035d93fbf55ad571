import { CHANNELS, DIRECTIONS, OUTCOMES, type Outcome } from "../../fields/choices.ts";
import { NO_CODE, type Partition } from "../../journeys/columns.ts";

// What a leg says of itself alone, as numbers: -1 for a length that it does not tell, NaN for an instant.

export type Legs = Partition["legs"];

/** Where nobody answers, or software does. */
const WITHOUT_AGENTS = ["WEB", "APP", "IVR", "BOT", "SURVEY"];
const HAS_AGENTS = CHANNELS.map((channel) => !WITHOUT_AGENTS.includes(channel));

/** By a channel's code. */
export const hasAgents = (channel: number): boolean => HAS_AGENTS[channel]!;

/** The code of an outcome. */
export const ended = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);
const HANDLED = ended("HANDLED");
const TRANSFERRED_OUT = ended("TRANSFERRED_OUT");

export const OUTBOUND = DIRECTIONS.indexOf("OUTBOUND");

/** Whether an agent took the leg, as far as it says. */
export function isHandled(legs: Legs, row: number): boolean {
  if (!hasAgents(legs.channel[row]!)) return false;
  const outcome = legs.outcome[row]!;
  if (outcome !== NO_CODE) return outcome === HANDLED || outcome === TRANSFERRED_OUT;
  return !Number.isNaN(legs.answeredAt[row]!) || legs.agentId[row] !== -1;
}

/**
 * Whether nothing says how the leg ended, so that an agent may have taken it, or nobody. No figure about handled or
 * abandoned legs knows it: each counts it in its coverage, as one that it may be about.
 */
export function isOpenEnded(legs: Legs, row: number): boolean {
  return hasAgents(legs.channel[row]!) && legs.outcome[row] === NO_CODE && !isHandled(legs, row);
}

/** When an agent answered: as stated, else when the wait was over. */
export function answerAt(legs: Legs, row: number): number {
  const answered = legs.answeredAt[row]!;
  if (!Number.isNaN(answered) || legs.queueSeconds[row] === -1) return answered;
  return legs.at[row]! + legs.queueSeconds[row]! * 1000;
}

/** When the customer left: the end of the conversation, else that of the session. */
export const leftAt = (legs: Legs, row: number): number => orElse(legs.endedAt[row]!, legs.doneAt[row]!);

export const orElse = (instant: number, other: number): number => (Number.isNaN(instant) ? other : instant);

/** Whole seconds from one instant to another, rounded down; -1 where one is missing or they are the wrong way round. */
export const wholeSeconds = (from: number, to: number): number => (to >= from ? Math.floor((to - from) / 1000) : -1);

/** What the leg is about; -1 where it does not say. */
export const topicOf = (legs: Legs, row: number): number =>
  legs.intent[row] === -1 ? legs.callReason[row]! : legs.intent[row]!;

const WEB = CHANNELS.indexOf("WEB");
const APP = CHANNELS.indexOf("APP");

/** Whether anything could have tied the leg to others: what nothing could is not known to be alone. */
export function mayBeTied(legs: Legs, row: number): boolean {
  return (
    isStated(legs.universalSessionId[row]!) ||
    isStated(legs.contactKey[row]!) ||
    isStated(legs.callId[row]!) ||
    isStated(legs.callBackSessionId[row]!) ||
    (isStated(legs.sessionId[row]!) && legs.channel[row] !== WEB && legs.channel[row] !== APP)
  );
}

export const isStated = (number: number): boolean => !Number.isNaN(number);
