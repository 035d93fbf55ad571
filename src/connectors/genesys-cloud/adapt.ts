import type { AdaptedRecord } from "../adapter.ts";
import { eachIn, isRow, malformed, type Sent, unknownEvent, unusable } from "../raw.ts";
import { conversationCustomer, type Leg, legsOf, segmentsOf } from "./conversation.ts";
import type { Conversation, ConversationPage } from "./conversation.type.ts";
import { type ConversationRead, ivrOf, SOURCE, talkOf, unreachedOf, voicemailOf, waitOf } from "./legs.ts";
import { conversationDirection, isAgent, isCallback, talksOf } from "./roles.ts";

/** Conversation details of Genesys Cloud: a leg for each IVR, for each talk, and for each wait that led to no talk. */
export function adaptGenesysCloud(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { conversations, ...beside } = raw as Sent<ConversationPage>;
  if (Array.isArray(conversations)) return eachIn(conversations, { source: SOURCE, beside, adapt: adaptConversation });
  return "conversationId" in raw ? adaptConversation(raw) : unknownEvent(SOURCE, raw, "conversation details");
}

function adaptConversation(conversation: Sent<Conversation>): AdaptedRecord[] {
  const legs = legsOf(conversation);
  const direction = conversationDirection(conversation, legs);
  const identities = conversationCustomer(legs, direction);
  const told = new Map<Leg, unknown>();
  const contact: ConversationRead = { conversation, legs, talks: talksOf(legs), direction, identities, told };
  const lines = linesOf(contact);
  for (const [leg, part] of partsOf(
    conversation,
    lines.map(({ leg }) => leg),
  ))
    told.set(leg, part);
  if (lines.length === 0) return [unusable(SOURCE, conversation, NO_CONTACT)];
  return lines.map(({ record }) => record());
}

interface Line {
  leg: Leg;
  record: () => AdaptedRecord;
}

function linesOf(contact: ConversationRead): Line[] {
  const { legs, talks } = contact;
  const waits = legs.filter((leg) => leg.purpose === "acd" && !isAnswered(leg, contact));
  const unserved = waits.filter((leg) => !isCallback(leg) || isUnserved(contact));
  const voicemails = waits.length > 0 ? [] : legs.filter(({ purpose }) => purpose === "voicemail");
  const unreached = talks.length > 0 ? [] : legs.filter((leg) => isUnreached(leg, contact));
  return [
    ...legs.filter(({ purpose }) => purpose === "ivr").map((leg) => ({ leg, record: () => ivrOf(leg, contact) })),
    ...talks.map((talk) => ({ leg: talk.leg, record: () => talkOf(talk, contact) })),
    ...unserved.map((leg) => ({ leg, record: () => waitOf(leg, contact) })),
    ...voicemails.slice(0, 1).map((leg) => ({ leg, record: () => voicemailOf(leg, contact) })),
    ...unreached.slice(-1).map((leg) => ({ leg, record: () => unreachedOf(leg, contact) })),
  ];
}

/** Each record keeps its own session; the first one also keeps what belongs to no other record. */
function partsOf(conversation: Sent<Conversation>, [first, ...others]: readonly Leg[]): [Leg, unknown][] {
  if (!first) return [];
  const elsewhere = new Set(others.map(({ session }) => session));
  const left = (sessions: unknown) =>
    Array.isArray(sessions) ? sessions.filter((session) => !elsewhere.has(session)) : sessions;
  const participants = [conversation.participants].flat().map((participant: unknown) => {
    return isRow(participant) ? { ...participant, sessions: left(participant.sessions) } : participant;
  });
  const alone = others.map((leg): [Leg, unknown] => [leg, { ...leg.participant, sessions: [leg.session] }]);
  return [[first, { ...conversation, participants }], ...alone];
}

/** Whether the wait led to a talk: the agent's telephone rang in it, or the agent accepted the call back from it. */
function isAnswered(leg: Leg, { talks, legs }: ConversationRead): boolean {
  const taken = [
    ...talks.flatMap((talk) => [talk.callback ?? talk.leg]),
    ...legs.filter((other) => isCallback(other) && isAgent(other, legs)),
  ];
  return taken.some(
    (other) => isCallback(other) === isCallback(leg) && leg.start <= other.start && leg.end >= other.start,
  );
}

/** A call back that no agent accepted. */
function isUnserved({ legs }: ConversationRead): boolean {
  return !legs.some((leg) => isCallback(leg) && isAgent(leg, legs));
}

/** An agent who dialled, or accepted a call back, and spoke with nobody. */
function isUnreached(leg: Leg, { legs, direction }: ConversationRead): boolean {
  if (!isAgent(leg, legs)) return false;
  if (isCallback(leg)) return segmentsOf(leg, "interact").length > 0;
  return direction === "OUTBOUND" && segmentsOf(leg, "dialing", "contacting").length > 0;
}

const NO_CONTACT = {
  reason: "NO_CONTACT",
  message: "Nobody and no flow answered in this conversation: send it again when it is over.",
};
