import type { AdaptedRecord } from "../adapter.ts";
import { adaptedOf, momentIn, nameIn, noteIn, type Sent, type SentIdentity, stated, textIn } from "../raw.ts";
import { endOfLeg, type Leg, numberOf, secondsIn, segmentsOf, startOf } from "./conversation.ts";
import type { Conversation } from "./conversation.type.ts";
import { endOfTalk, endOfWait, isCallback, spanOf, type Talk, userOf } from "./roles.ts";

export const SOURCE = "genesys-cloud";

/** A conversation, and what holds for all its legs. */
export interface ConversationRead {
  conversation: Sent<Conversation>;
  legs: readonly Leg[];
  talks: readonly Talk[];
  direction: "INBOUND" | "OUTBOUND" | null;
  identities: SentIdentity[];
  /** The part of the conversation that each leg's record keeps. */
  told: ReadonlyMap<Leg, unknown>;
}

export function ivrOf(leg: Leg, contact: ConversationRead): AdaptedRecord {
  const goesOn = contact.legs.some(({ purpose, start }) => PASSED_TO.has(purpose) && start >= leg.start);
  const body = {
    ...sharedOf(contact),
    ...keyOf(leg, contact),
    channelType: "IVR",
    sessionStartTime: isoOf(leg.start),
    interactionEndTime: isoOf(endOfLeg(leg)),
    sessionEndTime: isoOf(endOfLeg(leg)),
    intent: nameIn(leg.session.flow?.flowName, leg.participant.participantName),
    exitReasonCode: textIn(leg.session.flow?.exitReason),
    isTransferred: goesOn,
    outcome: goesOn ? "TRANSFERRED_OUT" : endOfLeg(leg) === null ? null : "CONTAINED",
    trackingNumber: contact.direction === "OUTBOUND" ? null : numberOf(leg.session.dnis),
  };
  return adaptedOf("interaction", body, contact.conversation, contact.told.get(leg));
}

const PASSED_TO = new Set(["acd", "agent", "user"]);

/** A leg with an agent. It lasts from the queue, if there was one, to the end of the wrap-up. */
export function talkOf(talk: Talk, contact: ConversationRead): AdaptedRecord {
  const { leg, callback, isConsult, handedTo, isTransferred } = talk;
  const span = spanOf(leg);
  const held = callback ?? leg;
  const queue = callback || isConsult ? undefined : queueOf(leg, contact);
  const wrapUp = [...segmentsOf(leg, "wrapup"), ...(callback ? segmentsOf(callback, "wrapup") : [])].at(-1);
  const body = {
    ...sharedOf(contact),
    ...(callback ? callBackOf(contact) : {}),
    ...keyOf(leg, contact),
    channelType: channelOf(leg),
    sessionStartTime: isoOf(Math.min(queue?.start ?? leg.start, leg.start)),
    interactionStartTime: isoOf(span.start),
    interactionEndTime: isoOf(endOfTalk(leg)),
    sessionEndTime: endOfLeg(leg) === null ? null : isoOf(Math.max(leg.end, endOfLeg(held) ?? 0, span.end)),
    queueSeconds: queue ? Math.floor((span.start - queue.start) / 1_000) : null,
    holdSeconds: secondsIn(segmentsOf(leg, "hold")),
    agentId: userOf(leg),
    agentSkillId: textIn(...[...segmentsOf(leg, "interact"), ...held.segments].map(({ queueId }) => queueId)),
    isConsult: isConsult ? true : null,
    isTransferred,
    agentIdTransferred: handedTo && userOf(handedTo.leg),
    outcome: isMachine(leg) ? "VOICEMAIL" : "HANDLED",
    callReason: nameIn(wrapUp?.wrapUpCode),
    interactionNotes: noteIn(wrapUp?.wrapUpNote),
    campaign: textIn(leg.session.outboundCampaignId, held.session.outboundCampaignId),
  };
  return adaptedOf("interaction", body, contact.conversation, contact.told.get(leg));
}

function queueOf(leg: Leg, { legs }: ConversationRead): Leg | undefined {
  return legs.findLast(({ purpose, start, end }) => purpose === "acd" && start <= leg.start && end >= leg.start);
}

/** A call back is outbound, whoever called first. The wait before it belongs to the leg that asked for it. */
function callBackOf({ conversation, legs }: ConversationRead) {
  const isAsked = legs.some((leg) => leg.purpose === "acd" && !isCallback(leg));
  return {
    direction: "OUTBOUND",
    isCallBack: true,
    callBackSessionId: isAsked ? textIn(conversation.conversationId) : null,
  };
}

/** The dialler's classification of who picked up. */
function isMachine({ session }: Leg): boolean {
  return /machine|fax/i.test(textIn(session.dispositionAnalyzer, session.dispositionName) ?? "");
}

/** A wait that no agent answered: the customer left, was transferred, or asked to be called back. */
export function waitOf(leg: Leg, contact: ConversationRead): AdaptedRecord {
  const body = {
    ...sharedOf(contact),
    ...(isCallback(leg) ? callBackOf(contact) : {}),
    ...keyOf(leg, contact),
    channelType: channelOf(leg),
    sessionStartTime: isoOf(leg.start),
    interactionEndTime: isoOf(endOfLeg(leg)),
    sessionEndTime: isoOf(endOfLeg(leg)),
    queueSeconds: isCallback(leg) || endOfLeg(leg) === null ? null : Math.floor((leg.end - leg.start) / 1_000),
    agentSkillId: textIn(...leg.segments.map(({ queueId }) => queueId)),
    outcome: isCallback(leg) ? "FAILED" : endOfWait(leg, contact.legs),
  };
  return adaptedOf("interaction", body, contact.conversation, contact.told.get(leg));
}

/** A call that went to voicemail at once, without a queue. */
export function voicemailOf(leg: Leg, contact: ConversationRead): AdaptedRecord {
  return adaptedOf(
    "interaction",
    { ...briefOf(leg, contact), outcome: "VOICEMAIL" },
    contact.conversation,
    contact.told.get(leg),
  );
}

/** An outbound call that nobody picked up. */
export function unreachedOf(leg: Leg, contact: ConversationRead): AdaptedRecord {
  const body = {
    ...briefOf(leg, contact),
    ...(isCallback(leg) ? callBackOf(contact) : {}),
    agentId: userOf(leg),
    outcome: "FAILED",
    callReason: nameIn(segmentsOf(leg, "wrapup").at(-1)?.wrapUpCode),
    campaign: textIn(leg.session.outboundCampaignId),
  };
  return adaptedOf("interaction", body, contact.conversation, contact.told.get(leg));
}

function briefOf(leg: Leg, contact: ConversationRead) {
  return {
    ...sharedOf(contact),
    ...keyOf(leg, contact),
    channelType: channelOf(leg),
    sessionStartTime: isoOf(startOf(leg.segments[0]!)!),
    interactionEndTime: isoOf(endOfLeg(leg)),
    sessionEndTime: isoOf(endOfLeg(leg)),
  };
}

/** The fields that every leg has. The newest instant of the conversation is the revision: a later query has a newer one. */
function sharedOf({ conversation, legs, direction, identities }: ConversationRead) {
  const newest = Math.max(...legs.map(({ end }) => end), 0);
  const id = textIn(conversation.conversationId);
  return {
    source: SOURCE,
    revision: newest > 0 ? new Date(newest).toISOString() : null,
    identities,
    sessionId: id,
    contactKey: id,
    direction,
  };
}

function keyOf({ session, participant }: Leg, { conversation: { conversationId } }: ConversationRead) {
  const [contact, leg] = [textIn(conversationId), textIn(session.sessionId, participant.participantId)];
  const metadata = stated({ mediaType: textIn(session.mediaType), participantId: textIn(participant.participantId) });
  return { sourceId: contact && leg ? `${contact}/${leg}` : null, metadata };
}

const MEDIA = new Map([
  ["voice", "VOICE"],
  ["callback", "VOICE"],
  ["chat", "CHAT"],
  ["email", "EMAIL"],
]);

function channelOf({ session }: Leg): string {
  const media = textIn(session.mediaType) ?? "";
  if (media !== "message") return MEDIA.get(media) ?? "OTHER";
  const message = textIn(session.messageType);
  if (message === "sms") return "SMS";
  return message === "webmessaging" ? "CHAT" : "SOCIAL";
}

function isoOf(millis: number | null): string | null {
  return millis === null ? null : (momentIn(new Date(millis).toISOString()) as string | null);
}
