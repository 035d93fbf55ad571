import { readJson } from "../../kit/json.ts";
import type { AdaptedRecord } from "../adapter.ts";
import { isRow, malformed, rowsIn, type Sent, textIn, unknownEvent, unusable } from "../raw.ts";
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
  const { detail, records, Message: text } = message as Sent<Envelope>;
  if (Array.isArray(records)) return rowsIn(records).flatMap((record) => adaptText(decode(record.data)));
  if (isRow(detail)) return adaptContact(detail);
  if (typeof text === "string") return adaptText(text);
  return adaptContact(message);
}

function adaptContact(contact: Row): AdaptedRecord[] {
  if ("InitiationMethod" in contact && "ContactId" in contact) return [contactRecordOf(contact)];
  if ("eventType" in contact && "contactId" in contact) return contactEventOf(contact);
  if ("ParticipantRole" in contact && "ContactId" in contact) return chatMessageOf(contact);
  const { Details: details } = contact as Sent<{ Details: { ContactData: Record<string, string> } }>;
  if (isRow(details?.ContactData)) return adaptContact(details.ContactData);
  return unknownEvent(AMAZON_CONNECT, contact, "contact records, contact events or the messages of chats");
}

function decode(data: unknown): string {
  return Buffer.from(textIn(data) ?? "", "base64").toString("utf8");
}

/** Firehose runs several records together, a line or nothing between them. */
function adaptText(text: string): AdaptedRecord[] {
  return text.split(/(?<=\})\s*(?=\{)/).flatMap((part) => {
    const message = jsonOf(part);
    return isRow(message) ? adaptContact(message) : unusable(AMAZON_CONNECT, part, BROKEN);
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
