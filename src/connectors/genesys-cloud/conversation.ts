import { identityIn, millisOf, momentIn, rowsIn, type Sent, type SentIdentity, textIn, textsIn } from "../raw.ts";
import type { Conversation, Participant, Segment, Session } from "./conversation.type.ts";

/** One session of a participant, with its segments in order of time. */
export interface Leg {
  participant: Sent<Participant>;
  session: Sent<Session>;
  purpose: string;
  segments: Sent<Segment>[];
  start: number;
  end: number;
}

/** The sessions of a conversation that have a time, in their order. */
export function legsOf(conversation: Sent<Conversation>): Leg[] {
  return rowsIn(conversation.participants)
    .flatMap((participant) => rowsIn(participant.sessions).map((session) => legOf(participant, session)))
    .filter((leg) => leg.segments.length > 0)
    .sort((a, b) => a.start - b.start);
}

function legOf(participant: Sent<Participant>, session: Sent<Session>): Leg {
  const segments = rowsIn(session.segments)
    .filter((segment) => startOf(segment) !== null)
    .sort((a, b) => startOf(a)! - startOf(b)!);
  const ends = segments.map((segment) => endOf(segment) ?? startOf(segment)!);
  const start = segments[0] ? startOf(segments[0])! : 0;
  return {
    participant,
    session,
    purpose: textIn(participant.purpose) ?? "",
    segments,
    start,
    end: Math.max(...ends, 0),
  };
}

export function startOf(segment: Sent<Segment>): number | null {
  return millisOf(momentIn(segment.segmentStart));
}

export function endOf(segment: Sent<Segment>): number | null {
  return millisOf(momentIn(segment.segmentEnd));
}

/** The segments of a leg that are of a type. */
export function segmentsOf({ segments }: Leg, ...types: string[]): Sent<Segment>[] {
  return segments.filter((segment) => types.includes(textIn(segment.segmentType) ?? ""));
}

/** When a leg was over; null while its last segment has no end. */
export function endOfLeg({ segments, end }: Leg): number | null {
  return segments.length > 0 && endOf(segments.at(-1)!) !== null ? end : null;
}

/** The whole seconds of segments; null where one of them has no end. */
export function secondsIn(segments: readonly Sent<Segment>[]): number | null {
  if (segments.some((segment) => endOf(segment) === null)) return null;
  const millis = segments.map((segment) => Math.max(0, endOf(segment)! - (startOf(segment) ?? 0)));
  return Math.floor(millis.reduce((sum, length) => sum + length, 0) / 1_000);
}

/**
 * The customer's number: from their own session, else from the first session that they reached, else the number that an agent
 * dialled. The other end of each is a number of ours.
 */
export function conversationCustomer(legs: readonly Leg[], direction: "INBOUND" | "OUTBOUND" | null): SentIdentity[] {
  const leg =
    legs.find(({ purpose }) => CUSTOMERS.has(purpose)) ??
    (direction === "OUTBOUND" ? legs.find(isDialling) : undefined) ??
    legs.find(({ purpose }) => LINES.has(purpose)) ??
    legs.find(isDialling);
  if (!leg) return [];
  const { session } = leg;
  const isCalled = CUSTOMERS.has(leg.purpose)
    ? textIn(session.direction) === "outbound" || direction === "OUTBOUND"
    : isDialling(leg);
  const address = isCalled ? textIn(session.addressTo, session.dnis) : textIn(session.addressFrom, session.ani);
  const callback = textsIn(session.callbackNumbers)[0];
  const email = address?.includes("@") && !/(?:^|<)\s*(?:sips?|tel):/i.test(address) ? address : null;
  return [...identityIn("email", email), ...identityIn("phone", email ? callback : (callback ?? address))];
}

const CUSTOMERS = new Set(["customer", "external"]);
const LINES = new Set(["ivr", "acd", "workflow"]);

/** An agent's line to a number outside; within the telephone system, addresses are SIP's. */
function isDialling({ purpose, session }: Leg): boolean {
  const isAgent = purpose === "agent" || purpose === "user" || purpose === "dialer";
  return isAgent && textIn(session.direction) === "outbound" && numberOf(session.dnis) !== null;
}

/** `tel:+46…` holds a number; an address within the telephone system does not. */
export function numberOf(dnis: unknown): string | null {
  return /^(?:tel:)?(\+?\d{6,15})$/.exec(textIn(dnis) ?? "")?.[1] ?? null;
}
