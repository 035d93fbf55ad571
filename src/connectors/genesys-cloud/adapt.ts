import type { AdaptedRecord } from "../adapter.ts";
import { isRow, malformed, rowsIn, type Sent, unknownEvent, unusable } from "../raw.ts";
import { customerIn, type Leg, legsOf, segmentsOf } from "./conversation.ts";
import type { Conversation, ConversationPage } from "./conversation.type.ts";
import { type Contact, ivrOf, SOURCE, talkOf, unreachedOf, voicemailOf, waitOf } from "./legs.ts";
import { directionOf, isAgent, isCallback, talksOf } from "./roles.ts";

/** Conversation details of Genesys Cloud: a leg for each IVR, for each talk, and for each wait that no talk came out of. */
export function adaptGenesysCloud(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { conversations } = raw as Sent<ConversationPage>;
  if (Array.isArray(conversations)) return rowsIn(conversations).flatMap(adaptConversation);
  return "conversationId" in raw ? adaptConversation(raw) : unknownEvent(SOURCE, raw, "conversation details");
}

function adaptConversation(conversation: Sent<Conversation>): AdaptedRecord[] {
  const legs = legsOf(conversation);
  const direction = directionOf(conversation, legs);
  const contact: Contact = {
    conversation,
    legs,
    talks: talksOf(legs),
    direction,
    identities: customerIn(legs, direction),
  };
  const records = recordsOf(contact);
  return records.length > 0 ? records : [unusable(SOURCE, conversation, NO_CONTACT)];
}

function recordsOf(contact: Contact): AdaptedRecord[] {
  const { legs, talks } = contact;
  const waits = legs.filter((leg) => leg.purpose === "acd" && !isAnswered(leg, contact));
  const voicemails = waits.length > 0 ? [] : legs.filter(({ purpose }) => purpose === "voicemail");
  return [
    ...legs.filter(({ purpose }) => purpose === "ivr").map((leg) => ivrOf(leg, contact)),
    ...talks.map((talk) => talkOf(talk, contact)),
    ...waits.filter((leg) => !isCallback(leg) || isUnserved(contact)).map((leg) => waitOf(leg, contact)),
    ...voicemails.slice(0, 1).map((leg) => voicemailOf(leg, contact)),
    ...(talks.length > 0 ? [] : legs.filter((leg) => isUnreached(leg, contact)).slice(-1)).map((leg) =>
      unreachedOf(leg, contact),
    ),
  ];
}

/** Whether a talk came out of the wait: its agent's telephone rang in it, or the call back was accepted out of it. */
function isAnswered(leg: Leg, { talks, legs }: Contact): boolean {
  const taken = [
    ...talks.flatMap((talk) => [talk.callback ?? talk.leg]),
    ...legs.filter((other) => isCallback(other) && isAgent(other, legs)),
  ];
  return taken.some(
    (other) => isCallback(other) === isCallback(leg) && leg.start <= other.start && leg.end >= other.start,
  );
}

/** A call back that no agent accepted. */
function isUnserved({ legs }: Contact): boolean {
  return !legs.some((leg) => isCallback(leg) && isAgent(leg, legs));
}

/** An agent who dialled, or accepted a call back, and spoke with nobody. */
function isUnreached(leg: Leg, { legs, direction }: Contact): boolean {
  if (!isAgent(leg, legs)) return false;
  if (isCallback(leg)) return segmentsOf(leg, "interact").length > 0;
  return direction === "OUTBOUND" && segmentsOf(leg, "dialing", "contacting").length > 0;
}

const NO_CONTACT = {
  reason: "NO_CONTACT",
  message: "Nobody and no flow answered in this conversation: send it again when it is over.",
};
