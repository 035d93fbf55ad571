import { type Sent, textIn } from "../raw.ts";
import { endOf, type Leg, segmentsOf, startOf } from "./conversation.ts";
import type { Conversation } from "./conversation.type.ts";

// Genesys Cloud describes a conversation as sessions of participants. A contact centre counts what each session was for the
// customer: a talk, a consult about them, or a wait.

/** One talk of an agent, even when several sessions describe it. */
export interface Talk {
  leg: Leg;
  /** The session in which the agent accepted the call back, when the talk was in a call dialled from it. */
  callback: Leg | null;
  /** Whether it was a consult: agents spoke with each other without the customer. */
  isConsult: boolean;
  /** Who got the customer by transfer; null without a transfer, or when the conversation does not name them. */
  handedTo: Talk | null;
  isTransferred: boolean;
}

/** The talks of a conversation, in order of time. */
export function talksOf(legs: readonly Leg[]): Talk[] {
  const spoken = legs.filter((leg) => isAgent(leg, legs) && segmentsOf(leg, "interact").length > 0);
  const dialled = new Map<Leg, Leg>();
  for (const callback of spoken.filter(isCallback)) {
    const voice = spoken.find((leg) => leg !== callback && isDialledFrom(leg, callback));
    if (voice) dialled.set(voice, callback);
  }
  const carried = new Set(dialled.values());
  const alone = spoken.filter((leg) => !carried.has(leg) && !isCallback(leg));
  const consults = new Set(alone.filter((leg) => alone.some((main) => isConsultIn(leg, main))));
  const talks: Talk[] = alone.map((leg) => ({
    leg,
    callback: dialled.get(leg) ?? null,
    isConsult: consults.has(leg),
    handedTo: null,
    isTransferred: false,
  }));
  for (const talk of talks) Object.assign(talk, handingOf(talk, talks));
  return talks;
}

/** A user is an agent when a customer is on the other end. */
export function isAgent(leg: Leg, legs: readonly Leg[]): boolean {
  const hasCustomer = legs.some(({ purpose }) => purpose === "customer" || purpose === "external");
  return leg.purpose === "agent" || (leg.purpose === "user" && hasCustomer);
}

export function isCallback({ session }: Leg): boolean {
  return textIn(session.mediaType) === "callback";
}

function isDialledFrom(leg: Leg, callback: Leg): boolean {
  const isSame = userOf(leg) !== null && userOf(leg) === userOf(callback);
  return isSame && !isCallback(leg) && leg.start >= callback.start && leg.start <= callback.end;
}

/**
 * A consult lies within the talk of the agent who asked for it, and so does the asking agent's own second line. A
 * conference does too: its segments say so, and the customer hears it.
 */
function isConsultIn(leg: Leg, main: Leg): boolean {
  if (leg === main || isConference(leg)) return false;
  const [inner, outer] = [spanOf(leg), spanOf(main)];
  if (userOf(leg) !== null && userOf(leg) === userOf(main)) return inner.start > outer.start && inner.start < outer.end;
  return inner.start > outer.start && inner.end < outer.end;
}

function isConference({ segments }: Leg): boolean {
  return segments.some(({ conference }) => conference === true || conference === "true");
}

/** The time of the talk with its holds, without ringing and wrap-up. */
export function spanOf(leg: Leg): { start: number; end: number } {
  const talked = segmentsOf(leg, "interact", "hold");
  const ends = talked.map((segment) => endOf(segment) ?? startOf(segment)!);
  return { start: startOf(segmentsOf(leg, "interact")[0]!)!, end: Math.max(...ends) };
}

/** When the talk was over; null where its last segment has no end: it still goes on, or nobody knows. */
export function endOfTalk(leg: Leg): number | null {
  return endOf(segmentsOf(leg, "interact", "hold").at(-1)!) === null ? null : spanOf(leg).end;
}

/** A transfer goes to the agent who still talks with the customer when this talk has ended; never to the same agent. */
function handingOf(talk: Talk, talks: readonly Talk[]): Pick<Talk, "handedTo" | "isTransferred"> {
  if (talk.isConsult) return { handedTo: null, isTransferred: false };
  const { start, end } = spanOf(talk.leg);
  const handedTo = talks.find(
    ({ leg, isConsult }) =>
      !isConsult && userOf(leg) !== userOf(talk.leg) && spanOf(leg).start > start && spanOf(leg).end > end,
  );
  const isBlind = segmentsOf(talk.leg, "interact", "hold").some(isTransfer);
  const isWarm = handedTo !== undefined && !isConference(talk.leg) && spanOf(handedTo.leg).start < end;
  const isTransferred = isBlind || isWarm;
  return { handedTo: isTransferred ? (handedTo ?? null) : null, isTransferred };
}

function isTransfer({ disconnectType }: { readonly disconnectType?: unknown }): boolean {
  return textIn(disconnectType)?.includes("transfer") ?? false;
}

export function userOf({ participant }: Leg): string | null {
  return textIn(participant.userId);
}

/** How a wait in a queue ended that led to no talk; null while it lasts. */
export function endOfWait(leg: Leg, legs: readonly Leg[]): string | null {
  const later = legs.filter((other) => other !== leg && other.start > leg.start && other.end > leg.end);
  if (!isCallback(leg) && later.some(isCallback)) return "CALLBACK_REQUESTED";
  if (later.some(({ purpose }) => purpose === "voicemail")) return "VOICEMAIL";
  if (later.some(({ purpose }) => purpose === "acd" || purpose === "ivr" || purpose === "workflow"))
    return "FLOWED_OUT";
  const last = leg.segments.at(-1)!;
  if (isTransfer(last)) return "FLOWED_OUT";
  return endOf(last) === null ? null : "ABANDONED";
}

/** The direction that the conversation states, else that of the customer's session. */
export function conversationDirection(
  conversation: Sent<Conversation>,
  legs: readonly Leg[],
): "INBOUND" | "OUTBOUND" | null {
  const customer = legs.find(({ purpose }) => purpose === "customer" || purpose === "external");
  const direction = textIn(conversation.originatingDirection, customer?.session.direction);
  return direction === "inbound" || direction === "outbound"
    ? (direction.toUpperCase() as "INBOUND" | "OUTBOUND")
    : null;
}
