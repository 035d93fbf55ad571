import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  isRow,
  malformed,
  momentIn,
  nameIn,
  noteIn,
  rowsIn,
  type Sent,
  type SentIdentity,
  stated,
  textIn,
  unknownEvent,
  unusable,
} from "../raw.ts";
import { customerIn, endOf, type Leg, legsOf, secondsIn, segmentsOf, startOf } from "./conversation.ts";
import type { Conversation, ConversationPage } from "./conversation.type.ts";

const SOURCE = "genesys-cloud";

/** Conversation details of Genesys Cloud: a leg for each IVR, for each agent who answered, and for each queue given up. */
export function adaptGenesysCloud(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { conversations } = raw as Sent<ConversationPage>;
  if (Array.isArray(conversations)) return rowsIn(conversations).flatMap(adaptConversation);
  return "conversationId" in raw ? adaptConversation(raw) : unknownEvent(SOURCE, raw, "conversation details");
}

function adaptConversation(conversation: Sent<Conversation>): AdaptedRecord[] {
  const legs = legsOf(conversation);
  const talks = legs.filter(isTalk);
  const contact = { conversation, legs, talks, shared: sharedOf(conversation, legs) };
  const records = [
    ...legs.filter(({ purpose }) => purpose === "ivr").map((leg) => ivrOf(leg, contact)),
    ...talks.map((leg) => talkOf(leg, contact)),
    ...(talks.length === 0 ? legs.filter(({ purpose }) => purpose === "acd").slice(-1) : []).map((leg) =>
      queueOf(leg, contact),
    ),
  ];
  if (records.length > 0) return records;
  return [unusable(SOURCE, conversation, NO_CONTACT)];
}

const NO_CONTACT = {
  reason: "NO_CONTACT",
  message: "Nobody and no flow answered in this conversation: send it again when it is over.",
};

interface Contact {
  conversation: Sent<Conversation>;
  legs: readonly Leg[];
  talks: readonly Leg[];
  shared: ReturnType<typeof sharedOf>;
}

/** What every leg of a conversation has; its newest moment tells a later query's answer from an earlier one's. */
function sharedOf(conversation: Sent<Conversation>, legs: readonly Leg[]) {
  const newest = Math.max(...legs.map(({ end }) => end), 0);
  const identities: SentIdentity[] = customerIn(legs);
  const direction = textIn(
    conversation.originatingDirection,
    legs.find(({ purpose }) => purpose === "customer")?.session.direction,
  );
  return {
    source: SOURCE,
    revision: newest > 0 ? new Date(newest).toISOString() : null,
    identities,
    sessionId: textIn(conversation.conversationId),
    direction: direction === "inbound" || direction === "outbound" ? direction.toUpperCase() : null,
  };
}

/** An agent who only let it ring had no talk. A user is one when a customer is on the other end. */
function isTalk(leg: Leg, _index: number, legs: readonly Leg[]): boolean {
  const hasCustomer = legs.some(({ purpose }) => purpose === "customer" || purpose === "external");
  const isAgent = leg.purpose === "agent" || (leg.purpose === "user" && hasCustomer);
  return isAgent && segmentsOf(leg, "interact").length > 0;
}

function ivrOf(leg: Leg, { conversation, legs, shared }: Contact): AdaptedRecord {
  const goesOn = legs.some(({ purpose, start }) => purpose !== "ivr" && PASSED_TO.has(purpose) && start >= leg.start);
  const body = {
    ...shared,
    ...keyOf(leg, conversation),
    channelType: "IVR",
    sessionStartTime: isoOf(leg.start),
    interactionEndTime: isoOf(leg.end),
    sessionEndTime: isoOf(leg.end),
    intent: nameIn(leg.session.flow?.flowName, leg.participant.participantName),
    exitReasonCode: textIn(leg.session.flow?.exitReason),
    isTransferred: goesOn,
    outcome: goesOn ? "TRANSFERRED_OUT" : "CONTAINED",
    trackingNumber: numberOf(leg.session.dnis),
  };
  return adaptedOf("interaction", body, conversation);
}

const PASSED_TO = new Set(["acd", "agent", "user"]);

/** From the queue, if they came through one, to the end of the wrap-up. */
function talkOf(leg: Leg, { conversation, legs, talks, shared }: Contact): AdaptedRecord {
  const [first] = segmentsOf(leg, "interact");
  const talked = segmentsOf(leg, "interact", "hold");
  const wrapUp = segmentsOf(leg, "wrapup").at(-1);
  const queue = legs.findLast(({ purpose, start, end }) => purpose === "acd" && start <= leg.start && end >= leg.start);
  const isTransferred = talked.some(({ disconnectType }) => textIn(disconnectType)?.includes("transfer") ?? false);
  const next = talks[talks.indexOf(leg) + 1];
  const ends = talked.map(endOf).filter((end) => end !== null);
  const body = {
    ...shared,
    ...keyOf(leg, conversation),
    channelType: channelOf(leg),
    sessionStartTime: isoOf(Math.min(queue?.start ?? leg.start, leg.start)),
    interactionStartTime: isoOf(startOf(first!)!),
    interactionEndTime: ends.length > 0 ? isoOf(Math.max(...ends)) : null,
    sessionEndTime: ends.length > 0 ? isoOf(Math.max(leg.end, ...ends)) : null,
    queueSeconds: queue ? Math.floor((startOf(first!)! - queue.start) / 1_000) : null,
    holdSeconds: secondsIn(segmentsOf(leg, "hold")),
    agentId: textIn(leg.participant.userId),
    agentSkillId: textIn(first?.queueId),
    isTransferred,
    agentIdTransferred: isTransferred ? textIn(next?.participant.userId) : null,
    outcome: "HANDLED",
    callReason: nameIn(wrapUp?.wrapUpCode),
    interactionNotes: noteIn(wrapUp?.wrapUpNote),
    campaign: textIn(leg.session.outboundCampaignId),
    isCallBack: textIn(leg.session.mediaType) === "callback" ? true : null,
  };
  return adaptedOf("interaction", body, conversation);
}

/** Nobody answered: they waited, and went. */
function queueOf(leg: Leg, { conversation, shared }: Contact): AdaptedRecord {
  const body = {
    ...shared,
    ...keyOf(leg, conversation),
    channelType: channelOf(leg),
    sessionStartTime: isoOf(leg.start),
    interactionEndTime: isoOf(leg.end),
    sessionEndTime: isoOf(leg.end),
    queueSeconds: Math.floor((leg.end - leg.start) / 1_000),
    agentSkillId: textIn(leg.segments[0]?.queueId),
    outcome: textIn(leg.segments.at(-1)?.disconnectType)?.includes("transfer") ? "FLOWED_OUT" : "ABANDONED",
  };
  return adaptedOf("interaction", body, conversation);
}

function keyOf({ session, participant }: Leg, { conversationId }: Sent<Conversation>) {
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

/** `tel:+46…` is a number that was dialled; an address within the telephone system is none. */
function numberOf(dnis: unknown): string | null {
  return /^(?:tel:)?(\+?\d{6,15})$/.exec(textIn(dnis) ?? "")?.[1] ?? null;
}

function isoOf(millis: number): string | null {
  return momentIn(new Date(millis).toISOString()) as string | null;
}
