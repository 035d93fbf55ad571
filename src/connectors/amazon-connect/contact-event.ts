import type { AdaptedRecord } from "../adapter.ts";
import { adaptedOf, millisOf, momentIn, type Sent, stated, textIn, unknownEvent } from "../raw.ts";
import { AMAZON_CONNECT, channelOf, directionOf } from "./contact.ts";
import type { ChatMessage, ContactEvent } from "./contact-event.type.ts";

const STAGES = new Set([
  "INITIATED",
  "CONNECTED_TO_SYSTEM",
  "QUEUED",
  "CONNECTED_TO_AGENT",
  "DISCONNECTED",
  "COMPLETED",
]);

/** The contact so far: its contact record will replace this leg. */
export function contactEventOf(event: Sent<ContactEvent>): AdaptedRecord[] {
  if (!STAGES.has(textIn(event.eventType) ?? "")) return unknownEvent(AMAZON_CONNECT, event, [...STAGES].join(", "));
  const { agentInfo: agent, queueInfo: queue } = event;
  const body = {
    source: AMAZON_CONNECT,
    sourceId: textIn(event.contactId),
    revision: newestOf(event),
    channelType: channelOf(event.channel, Boolean(agent ?? queue)),
    sessionId: textIn(event.initialContactId, event.previousContactId, event.contactId),
    contactKey: textIn(event.initialContactId, event.previousContactId, event.contactId),
    sessionStartTime: momentIn(event.initiationTimestamp),
    interactionStartTime: momentIn(agent?.connectedToAgentTimestamp),
    interactionEndTime: momentIn(event.disconnectTimestamp),
    sessionEndTime: momentIn(agent?.afterContactWorkEndTimestamp),
    agentId: nameAtEnd(agent?.agentArn),
    agentSkillId: nameAtEnd(queue?.queueArn),
    direction: directionOf(event.initiationMethod),
    exitReasonCode: textIn(event.disconnectReason),
    metadata: stated({ initiationMethod: textIn(event.initiationMethod) }),
  };
  return [adaptedOf("interaction", body, event)];
}

/** Without EventBridge an event has no time of its own: the newest time in it is taken. */
function newestOf(event: Sent<ContactEvent>): string | number | null {
  const times = [
    event.initiationTimestamp,
    event.connectedToSystemTimestamp,
    event.queueInfo?.enqueueTimestamp,
    event.agentInfo?.connectedToAgentTimestamp,
    event.disconnectTimestamp,
    event.agentInfo?.afterContactWorkEndTimestamp,
  ].map((time) => momentIn(time));
  return times.reduce((newest, time) => ((millisOf(time) ?? 0) > (millisOf(newest) ?? 0) ? time : newest), null);
}

/** The id at the end of an Amazon resource name. */
function nameAtEnd(arn: unknown): string | null {
  return textIn(arn)?.split("/").at(-1) ?? null;
}

/** A message that a customer wrote in a chat. */
export function chatMessageOf(message: Sent<ChatMessage>): AdaptedRecord[] {
  const isSaid = textIn(message.Type) === "MESSAGE" && textIn(message.ParticipantRole) === "CUSTOMER";
  if (!isSaid) return unknownEvent(AMAZON_CONNECT, message, "the messages that customers write");
  const body = {
    source: AMAZON_CONNECT,
    sourceId: textIn(message.Id),
    occurredAt: momentIn(message.AbsoluteTime),
    kind: "MESSAGE",
    channel: "CHAT",
    sessionId: textIn(message.InitialContactId, message.ContactId),
  };
  return [adaptedOf("touchpoint", body, message)];
}
