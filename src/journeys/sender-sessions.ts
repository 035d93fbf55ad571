import { MINUTE_MS } from "../kit/time.ts";
import type { Partition } from "./columns.ts";
import type { Container } from "./container.ts";
import type { Journey } from "./fold.ts";
import { type NextSession, sessionsOf } from "./sessions.ts";

/** How a journey is cut: at pauses, or as senders' session ids say. */
export interface CutPlan {
  /** The longest pause within a session; infinite where all that a customer did is one. */
  timeout: number;
  /** Sessions are the senders', whatever the timeout. */
  isSenders: boolean;
}

/** How a container that is counted cuts journeys. */
export function cutPlanOf(container: Container, sessionTimeoutMinutes: number): CutPlan {
  return {
    timeout: container === "SESSION" ? sessionTimeoutMinutes * MINUTE_MS : Number.POSITIVE_INFINITY,
    isSenders: container === "SENDER_SESSION",
  };
}

/** Whether journeys are cut at all. */
export const isCut = ({ timeout, isSenders }: CutPlan): boolean => isSenders || timeout !== Number.POSITIVE_INFINITY;

/** Moves from one session to the next, and says which events of the stretch are of it: all, where that is null. */
interface Sessions {
  next: NextSession;
  isIn: IsIn;
}

export type IsIn = ((event: number) => boolean) | null;

/** Cuts journeys up to an instant. Senders' sessions may lie among one another; they come in the order of their first events. */
export function compileCut(partition: Partition, { timeout, isSenders }: CutPlan, until: number): Sessions {
  return isSenders
    ? senderSessionsOf(partition, until)
    : { next: sessionsOf(partition, { timeout, until }), isIn: null };
}

/**
 * A visit is a session, as its touchpoints' session id says, or where they have none, their pauses. Legs of one source with
 * one session id are one, and a leg without an id is one by itself.
 */
function senderSessionsOf(partition: Partition, until: number): Sessions {
  const number = numbering(partition, until);
  let [first, session, count] = [0, -1, 0];
  const ends = { from: new Int32Array(64), to: new Int32Array(64) };
  let numbers = new Int32Array(64);
  const begin = (journey: Journey): void => {
    if (numbers.length < journey.to - journey.from) {
      const length = 2 * (journey.to - journey.from);
      numbers = new Int32Array(length);
      ends.from = new Int32Array(length);
      ends.to = new Int32Array(length);
    }
    first = journey.from;
    session = -1;
    count = number(journey, numbers, ends);
  };
  return {
    next(stretch, journey) {
      if (stretch.to === journey.from) begin(journey);
      session += 1;
      if (session >= count) return false;
      stretch.from = ends.from[session]!;
      stretch.to = ends.to[session]!;
      // Its sender may go on with it at any time.
      stretch.end = Number.POSITIVE_INFINITY;
      return true;
    },
    isIn: (event) => numbers[event - first] === session,
  };
}

/** What tells which of the sender's sessions an event is of, by a number within its journey. */
export function compileSenderSession(partition: Partition): (event: number, journey: Journey) => number {
  const number = numbering(partition, Number.POSITIVE_INFINITY);
  let [first, customer] = [0, -1];
  let numbers = new Int32Array(64);
  let ends = { from: new Int32Array(64), to: new Int32Array(64) };
  return (event, journey) => {
    if (customer !== journey.customer) {
      const length = journey.to - journey.from;
      if (numbers.length < length) {
        numbers = new Int32Array(2 * length);
        ends = { from: new Int32Array(2 * length), to: new Int32Array(2 * length) };
      }
      number(journey, numbers, ends);
      customer = journey.customer;
      first = journey.from;
    }
    return numbers[event - first]!;
  };
}

interface Ends {
  from: Int32Array;
  to: Int32Array;
}

/** What writes the number of each event's session, and where each begins and ends; the answer is how many there are. */
function numbering({ events, legs }: Partition, until: number) {
  const { at, isLeg, link, interaction } = events;
  /** Of each visit and leg, its session; of each session id of a source, the first leg. */
  const sessions = new Map<number, number>();
  const leads = new Map<string, number>();
  const unitOf = (event: number): number => {
    const unit = interaction[event]!;
    const leg = isLeg[event] ? link[event]! : -1;
    if (leg === -1 || Number.isNaN(legs.sessionId[leg]!)) return unit;
    const key = `${legs.source[leg]!} ${legs.sessionId[leg]!}`;
    const lead = leads.get(key) ?? unit;
    leads.set(key, lead);
    return lead;
  };
  return (journey: Journey, numbers: Int32Array, ends: Ends): number => {
    sessions.clear();
    leads.clear();
    for (let event = journey.from; event < journey.to && at[event]! < until; event += 1) {
      const unit = unitOf(event);
      let session = sessions.get(unit);
      if (session === undefined) {
        session = sessions.size;
        sessions.set(unit, session);
        ends.from[session] = event;
      }
      numbers[event - journey.from] = session;
      ends.to[session] = event + 1;
    }
    return sessions.size;
  };
}
