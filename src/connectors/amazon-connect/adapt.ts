import { readJson } from "../../kit/json.ts";
import type { AdaptedRecord } from "../adapter.ts";
import { inEnvelope } from "../envelope.ts";
import { eachIn, isRow, malformed, type Sent, textIn, unknownEvent, unusable } from "../raw.ts";
import { AMAZON_CONNECT } from "./contact.ts";
import { chatMessageOf, contactEventOf } from "./contact-event.ts";
import type { Envelope } from "./contact-event.type.ts";
import { contactRecordOf } from "./contact-record.ts";

/** Amazon Connect: contact records and contact events, bare or as Firehose, EventBridge and SNS deliver them. */
export function adaptAmazonConnect(raw: unknown): AdaptedRecord[] {
  return isRow(raw) ? adaptMessage(raw) : malformed(AMAZON_CONNECT, raw);
}

type Row = Readonly<Record<string, unknown>>;

function adaptMessage(message: Row): AdaptedRecord[] {
  const { detail, records, Message: text, ...envelope } = message as Sent<Envelope>;
  const beside = Object.fromEntries(Object.entries(envelope).filter(([name]) => !OF_TRANSPORT.has(name)));
  if (Array.isArray(records)) return eachIn(records, { source: AMAZON_CONNECT, beside, adapt: adaptDelivery });
  if (isRow(detail)) return adaptContact(inEnvelope(detail, beside));
  if (typeof text === "string") return adaptText(text, beside);
  return adaptContact(message);
}

/** What EventBridge, SNS and Firehose write on every envelope: how it came, and nothing of the customer. */
const OF_TRANSPORT = new Set([
  ...["version", "id", "detail-type", "source", "account", "time", "region", "resources", "requestId", "timestamp"],
  ...[
    "Type",
    "MessageId",
    "TopicArn",
    "Timestamp",
    "SignatureVersion",
    "Signature",
    "SigningCertURL",
    "UnsubscribeURL",
  ],
]);

function adaptDelivery({ data, ...beside }: Sent<Envelope["records"][number]>): AdaptedRecord[] {
  return adaptText(decode(data), beside);
}

function adaptContact(contact: Row): AdaptedRecord[] {
  if ("InitiationMethod" in contact && "ContactId" in contact) return [contactRecordOf(contact)];
  if ("eventType" in contact && "contactId" in contact) return contactEventOf(contact);
  if ("ParticipantRole" in contact && "ContactId" in contact) return chatMessageOf(contact);
  const { Details: details, ...beside } = contact as Sent<{ Details: { ContactData: Record<string, string> } }>;
  const { ContactData: data, ...more } = details ?? {};
  if (isRow(data)) return adaptContact(inEnvelope(data, { ...beside, ...more }));
  return unknownEvent(AMAZON_CONNECT, contact, "contact records, contact events or the messages of chats");
}

function decode(data: unknown): string {
  return Buffer.from(textIn(data) ?? "", "base64").toString("utf8");
}

/** Firehose runs several records together, a line or nothing between them. */
function adaptText(text: string, beside: Row): AdaptedRecord[] {
  return text.split(/(?<=\})\s*(?=\{)/).flatMap((part) => {
    const message = jsonOf(part);
    return isRow(message)
      ? adaptContact(inEnvelope(message, beside))
      : unusable(AMAZON_CONNECT, inEnvelope({ text: part }, beside), BROKEN);
  });
}

const BROKEN = { reason: "BROKEN_ROW", message: "The envelope holds no JSON object: deliver the records unchanged." };

function jsonOf(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
