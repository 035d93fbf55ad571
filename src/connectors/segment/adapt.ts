import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  eachIn,
  identityIn,
  idOf,
  isRow,
  malformed,
  momentIn,
  moneyIn,
  nameIn,
  numberIn,
  type Sent,
  type SentIdentity,
  stated,
  textIn,
  unknownEvent,
} from "../raw.ts";
import type { Message, MessageBatch } from "./message.type.ts";

const SOURCE = "segment";

/** Segment's page, screen, track and identify calls. */
export function adaptSegment(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { batch, writeKey: _, ...beside } = raw as Sent<MessageBatch>;
  return Array.isArray(batch) ? eachIn(batch, { source: SOURCE, beside, adapt: adaptMessage }) : adaptMessage(raw);
}

function adaptMessage(message: Sent<Message>): AdaptedRecord[] {
  switch (textIn(message.type, message.action)) {
    case "page":
    case "screen":
      return [pageOf(message)];
    case "track":
      return [eventOf(message)];
    case "identify":
      return [customerOf(message)];
    default:
      return unknownEvent(SOURCE, message, "page, screen, track and identify calls");
  }
}

function pageOf(message: Sent<Message>): AdaptedRecord {
  const { properties, context } = message;
  const body = {
    ...momentOf(message),
    kind: "PAGE_VIEW",
    name: nameIn(message.name, properties?.path, context?.page?.path),
    section: nameIn(message.category, properties?.category),
    url: textIn(properties?.url, context?.page?.url),
  };
  return adaptedOf("touchpoint", body, message);
}

function eventOf(message: Sent<Message>): AdaptedRecord {
  const { properties, context } = message;
  const event = nameIn(message.event) ?? "";
  const kind = KINDS.find(([pattern]) => pattern.test(event))?.[1] ?? "OTHER";
  const isChat = /^live chat/i.test(event);
  const body = {
    ...momentOf(message),
    kind,
    ...(isChat ? { channel: "CHAT", sessionId: textIn(properties?.conversation_id) } : {}),
    name: kind === "SEARCH" ? nameIn(properties?.query, event) : event,
    section: nameIn(properties?.category),
    url: textIn(properties?.url, context?.page?.url),
    value: kind === "TRANSACTION" ? moneyIn(properties?.revenue ?? properties?.total, properties?.currency) : null,
    transactionId: kind === "TRANSACTION" ? textIn(properties?.order_id, properties?.orderId) : null,
  };
  return adaptedOf("touchpoint", body, message);
}

/** The events that Segment's specification names; any other name is the sender's own. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^order completed$/i, "TRANSACTION"],
  [/^products? searched$/i, "SEARCH"],
  [/^form submitted$/i, "FORM"],
  [/^live chat message/i, "MESSAGE"],
];

function momentOf(message: Sent<Message>) {
  const { context } = message;
  const isApp = textIn(message.type) === "screen" || isRow(context?.app) || isRow(context?.device);
  return {
    source: SOURCE,
    sourceId: keyOf(message),
    identities: identitiesOf(message),
    occurredAt: momentIn(message.timestamp, message.originalTimestamp),
    channel: isApp ? "APP" : "WEB",
    sessionId: textIn(context?.sessionId),
    campaign: nameIn(context?.campaign?.name),
    medium: nameIn(context?.campaign?.medium),
    campaignSource: nameIn(context?.campaign?.source),
    referrer: textIn(context?.page?.referrer),
    device: textIn(context?.device?.type),
  };
}

/** A call without an id gets a hash of its content, without the times that differ from retry to retry. */
function keyOf(message: Sent<Message>): string {
  const { sentAt: _, receivedAt: __, ...said } = message as Record<string, unknown>;
  return textIn(message.messageId) ?? idOf(said);
}

function identitiesOf(message: Sent<Message>): SentIdentity[] {
  const { context, traits } = message;
  return [
    ...identityIn("login", message.userId, message.user_id),
    ...identityIn("email", traits?.email, context?.traits?.email),
    ...identityIn("cookie", message.anonymousId),
    ...identityIn("device", context?.device?.advertisingId, context?.device?.id),
    ...identityIn("phone", traits?.phone, context?.traits?.phone),
  ];
}

function customerOf(message: Sent<Message>): AdaptedRecord {
  const { traits } = message;
  const age = numberIn(traits?.age);
  const body = {
    source: SOURCE,
    sourceId: textIn(message.userId, message.user_id, message.anonymousId),
    identities: [...identitiesOf(message), ...noneIn(traits)],
    observedAt: momentIn(message.timestamp, message.originalTimestamp),
    displayName: nameIn(traits?.name, [textIn(traits?.firstName), textIn(traits?.lastName)].filter(Boolean).join(" ")),
    age: age !== null && Number.isInteger(age) && age >= 0 && age <= 150 ? age : null,
    countryName: nameIn(traits?.address?.country),
    region: nameIn(traits?.address?.state),
    extra: isRow(traits) ? otherTraits(traits) : null,
  };
  const record = adaptedOf("customer", body, message);
  return record.rejected ? record : { ...record, body: { ...(record.body as object), ...clearedBy(traits) } };
}

/** A null trait says that there is no such address or number any more. */
function noneIn(traits: Sent<Message>["traits"]): { namespace: string; value: null }[] {
  const none = (["email", "phone"] as const).filter((namespace) => traits?.[namespace] === null);
  return none.map((namespace) => ({ namespace, value: null }));
}

/** A null trait clears the value; a trait that is not sent keeps it. */
function clearedBy(traits: Sent<Message>["traits"]): Record<string, null> {
  const cleared: Record<string, null> = {};
  if (traits?.name === null) cleared.displayName = null;
  if (traits?.age === null) cleared.age = null;
  if (traits?.address === null || traits?.address?.country === null) cleared.countryName = null;
  if (traits?.address === null || traits?.address?.state === null) cleared.region = null;
  return cleared;
}

const KNOWN = new Set(["name", "firstName", "lastName", "email", "phone", "age", "address"]);

function otherTraits(traits: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const others = Object.entries(traits).filter(([name]) => !KNOWN.has(name));
  const none = others.filter(([, value]) => value === null || (Array.isArray(value) && value.length === 0));
  return { ...stated(Object.fromEntries(others)), ...Object.fromEntries(none) };
}
