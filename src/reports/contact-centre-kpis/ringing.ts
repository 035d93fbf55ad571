import { NO_CODE } from "../../journeys/columns.ts";
import { compareIds, type NumberedLeg } from "../../journeys/contacts.ts";
import { groupBy } from "../../kit/group.ts";
import { answerAt, ended, hasAgents, isHandled, isStated, leftAt } from "./leg.ts";

/** Milliseconds between two rings of one search for an agent: a queue tries the next one after a pause. */
const PAUSE_MS = 10_000;

/** Outcomes of a ring that nobody answered; any other is what the search came to. */
const IN_VAIN = [NO_CODE, ended("ABANDONED"), ended("FAILED")];

/** A leg that may be one ring of several. */
interface Ring {
  leg: NumberedLeg;
  at: number;
  end: number;
  isInVain: boolean;
}

/** What a leg is to a search for an agent that several are. */
export interface Rang {
  leg: NumberedLeg;
  /** When the search began. */
  searchAt: number;
  /** Whether it rang in vain where another leg tells what the search came to. */
  isAttempt: boolean;
}

/**
 * Legs of one contact and one destination that rang at the same time or one after the other are one search for an agent
 * (a ring group, a hunt, a queue that tries again). Of those that rang in vain only the last is a leg, and none where the
 * search came to something. `legs` are those of the contact, in the order in which they began.
 */
export function ringsOf(legs: readonly NumberedLeg[]): Rang[] {
  return [...groupBy(legs.filter(mayRing), destinationOf).values()]
    .flatMap(searchesOf)
    .filter((search) => search.length > 1)
    .flatMap(rangIn);
}

/**
 * The legs ABANDONED at one destination whose contact came to another one while they rang, or at once: a queue that nobody
 * answered overflowed into the next. A row of a telephone system says the same of a caller who gave up. Only a key that
 * the sender states for the contact shows that it was the same call.
 */
export function passedOn(legs: readonly NumberedLeg[]): NumberedLeg[] {
  const rings = legs.filter((leg) => mayRing(leg) && isStated(keyOf(leg))).map(ringOf);
  const isNext = (one: Ring, other: Ring) =>
    keyOf(one.leg) === keyOf(other.leg) &&
    destinationOf(one.leg) !== destinationOf(other.leg) &&
    (other.at > one.at || !other.isInVain) &&
    other.at >= one.at &&
    other.at <= one.end + PAUSE_MS;
  const isGivenUp = ({ leg: { partition, row } }: Ring) => partition.legs.outcome[row] === ended("ABANDONED");
  return rings.filter((one) => isGivenUp(one) && rings.some((other) => isNext(one, other))).map(({ leg }) => leg);
}

const keyOf = ({ partition: { legs }, row }: NumberedLeg): number => legs.contactKey[row]!;

/** Without a number dialled, or a skill, nobody can tell. */
function mayRing({ partition: { legs }, row }: NumberedLeg): boolean {
  return (
    (legs.trackingNumber[row] !== -1 || legs.agentSkillId[row] !== -1) &&
    !isStated(legs.callId[row]!) &&
    hasAgents(legs.channel[row]!)
  );
}

/** What rings for one destination: the number that the customer dialled, and the queue or group that it came to. */
const destinationOf = ({ partition: { legs }, row }: NumberedLeg): string =>
  `${legs.trackingNumber[row]} ${legs.agentSkillId[row]}`;

function searchesOf(legs: readonly NumberedLeg[]): Ring[][] {
  const searches: Ring[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const ring of legs.map(ringOf)) {
    if (ring.at > end + PAUSE_MS) searches.push([]);
    searches.at(-1)!.push(ring);
    end = Math.max(end, ring.end);
  }
  return searches;
}

function ringOf(leg: NumberedLeg): Ring {
  const { partition, row } = leg;
  const { legs } = partition;
  const at = legs.at[row]!;
  const isTaken = isHandled(legs, row);
  const end = isTaken ? answerAt(legs, row) : leftAt(legs, row);
  return { leg, at, end: end > at ? end : at, isInVain: !isTaken && IN_VAIN.includes(legs.outcome[row]!) };
}

function rangIn(search: readonly Ring[]): Rang[] {
  const isAnswered = search.some(({ isInVain }) => !isInVain);
  const last = search.reduce((a, b) => ((b.end - a.end || compareIds(b.leg, a.leg)) > 0 ? b : a));
  return search.map((ring) => ({
    leg: ring.leg,
    searchAt: search[0]!.at,
    isAttempt: ring.isInVain && (isAnswered || ring !== last),
  }));
}
