import { NO_CODE, type Partition } from "../../journeys/columns.ts";
import { IS_ACCOUNT, IS_CONNECTED, IS_PASSED_ON, type LegTables, WENT_ON } from "./contacts.ts";
import { answerAt, ended, hasAgents, isHandled, isOpenEnded, type Legs, OUTBOUND, wholeSeconds } from "./leg.ts";

/** A leg, as figures need it: lengths are seconds, -1 where it does not say; claims that it may not state are null. */
export interface LegFacts {
  row: number;
  isAccount: boolean;
  isHandled: boolean;
  isOpenEnded: boolean;
  isAbandoned: boolean;
  isOutbound: boolean;
  isQueued: boolean;
  wait: number;
  hold: number;
  talk: number;
  wrapUp: number;
  handle: number;
  /** As it says, else as a leg that followed it shows. */
  isTransferred: boolean | null;
  isHandedOn: boolean | null;
  isConnected: boolean;
}

const ABANDONED = ended("ABANDONED");
const HANDLED = ended("HANDLED");
const TRANSFERRED_OUT = ended("TRANSFERRED_OUT");
/** Outcomes of contacts that waited for an agent and got none. */
const UNANSWERED = [ended("VOICEMAIL"), ended("CALLBACK_REQUESTED"), ended("FLOWED_OUT")];

/** What finds the facts of a leg of this partition; the object is used again. */
export function compileFacts(
  { legs, serial }: Partition,
  { firsts, direction, searchAt, marks }: LegTables,
): (row: number) => LegFacts {
  const first = firsts.get(serial)!;
  const facts = { ...NO_FACTS };
  return (row) => {
    const own = marks[first + row]!;
    facts.row = row;
    facts.isAccount = (own & IS_ACCOUNT) !== 0;
    facts.isOutbound = direction[first + row] === OUTBOUND;
    facts.isConnected = (own & IS_CONNECTED) !== 0;
    facts.isHandled = !facts.isAccount && isHandled(legs, row);
    facts.isOpenEnded = !facts.isAccount && isOpenEnded(legs, row);
    const gaveUp = !facts.isAccount && isAbandoned(legs, facts);
    facts.isAbandoned = gaveUp && !(own & IS_PASSED_ON);
    facts.isQueued = gaveUp || isQueued(legs, facts);
    facts.wait = facts.isAccount ? -1 : waitOf(legs, facts, searchAt[first + row]!);
    facts.isTransferred = claimed(legs.isTransferred[row]!) ?? (own & WENT_ON ? true : null);
    facts.isHandedOn = isHandedOn(legs, facts);
    writeLengths(facts, legs);
    return facts;
  };
}

const NO_FACTS: LegFacts = {
  row: 0,
  isAccount: false,
  isHandled: false,
  isOpenEnded: false,
  isAbandoned: false,
  isOutbound: false,
  isQueued: false,
  wait: -1,
  hold: -1,
  talk: -1,
  wrapUp: -1,
  handle: -1,
  isTransferred: null,
  isHandedOn: null,
  isConnected: false,
};

/**
 * Whether the customer left the leg in its queue. What took no time and states no queue time was never in it, nor was
 * whom we called ourselves.
 */
function isAbandoned(legs: Legs, { row, isOutbound }: LegFacts): boolean {
  if (legs.outcome[row] !== ABANDONED) return false;
  if (legs.queueSeconds[row] !== -1) return true;
  return hasAgents(legs.channel[row]!) && !isOutbound && legs.endedAt[row] !== legs.at[row];
}

function isQueued(legs: Legs, { row, isAccount, isOutbound, isHandled, isAbandoned }: LegFacts): boolean {
  if (isAccount) return false;
  if (legs.queueSeconds[row] !== -1) return true;
  if (isOutbound) return false;
  return isHandled || isAbandoned || (hasAgents(legs.channel[row]!) && UNANSWERED.includes(legs.outcome[row]!));
}

/** Seconds in the queue, from the first ring of a search for an agent. */
function waitOf(legs: Legs, facts: LegFacts, searchAt: number): number {
  const stated = legs.queueSeconds[facts.row]!;
  const own = stated === -1 ? waitedSince(legs, facts, legs.at[facts.row]!) : stated;
  return Math.max(own, waitedSince(legs, facts, searchAt));
}

function waitedSince(legs: Legs, { row, isQueued, isHandled, isAbandoned }: LegFacts, at: number): number {
  if (!isQueued) return -1;
  if (isHandled) return wholeSeconds(at, legs.answeredAt[row]!);
  return isAbandoned ? wholeSeconds(at, legs.endedAt[row]!) : -1;
}

/** Of the conversation, on hold and of wrap-up. */
function writeLengths(facts: LegFacts, legs: Legs): void {
  const { row } = facts;
  const answeredAt = answerAt(legs, row);
  const [endedAt, doneAt] = [legs.endedAt[row]!, legs.doneAt[row]!];
  const stated = legs.interactionSeconds[row]!;
  const conversation = stated === -1 ? wholeSeconds(answeredAt, endedAt) : stated;
  facts.hold = legs.holdSeconds[row]!;
  facts.wrapUp = wholeSeconds(endedAt, doneAt);
  facts.talk = conversation === -1 || facts.hold === -1 ? -1 : Math.max(0, conversation - facts.hold);
  const whole = wholeSeconds(answeredAt, doneAt);
  const parts = conversation === -1 || facts.wrapUp === -1 ? -1 : conversation + facts.wrapUp;
  const agent = legs.agentSeconds[row]!;
  facts.handle = agent !== -1 ? agent : whole !== -1 ? whole : parts;
}

function isHandedOn(legs: Legs, { row, isTransferred }: LegFacts): boolean | null {
  if (legs.outcome[row] === TRANSFERRED_OUT) return true;
  return isTransferred === null && legs.outcome[row] === HANDLED ? false : isTransferred;
}

/** A claim that a leg may not state. */
export const claimed = (claim: number): boolean | null => (claim === NO_CODE ? null : claim === 1);
