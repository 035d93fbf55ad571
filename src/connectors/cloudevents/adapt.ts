import { readJson } from "../../kit/json.ts";
import { type AdaptedRecord, accept } from "../adapter.ts";
import type { Connector } from "../connector.ts";
import { inEnvelope } from "../envelope.ts";
import { isRow, malformed, type Sent, textIn, unknownEvent, unusable } from "../raw.ts";
import type { CloudEvent } from "./envelope.type.ts";

const SOURCE = "cloudevents";

const OURS = /(?:^|\.)customer360\.(interaction|call|touchpoint|customer)(?:\.|$)/;

/** The data are one of our own records, or a message for one of the given connectors. */
export function adaptCloudEvent(raw: unknown, connectors: ReadonlyMap<string, Connector>): readonly AdaptedRecord[] {
  return isRow(raw) ? adaptEvent(raw, connectors) : malformed(SOURCE, raw);
}

type Row = Readonly<Record<string, unknown>>;

function adaptEvent(event: Sent<CloudEvent>, connectors: ReadonlyMap<string, Connector>): readonly AdaptedRecord[] {
  const type = textIn(event.type)?.toLowerCase();
  if (!type || textIn(event.specversion) !== "1.0") return [unusable(SOURCE, event, NO_ENVELOPE)];
  const kind = OURS.exec(type)?.[1] as AdaptedRecord["kind"] | undefined;
  const connector = type.split(".").flatMap((word) => connectors.get(word) ?? [])[0];
  if (!isRead(event, kind ? [] : (connector?.mediaTypes ?? []))) return [unusable(SOURCE, event, NO_JSON)];
  const data = dataOf(event);
  if (kind) return isRow(data) ? [ownRecord(kind, data, event)] : malformed(SOURCE, event);
  if (!connector) {
    const known = [...connectors.keys()].join(", ");
    return unknownEvent(SOURCE, event, `customer360.<kind>, or a type with one of ${known}`);
  }
  if (connector.readsEnvelopes) return connector.adapt(event);
  return connector.adapt(isRow(data) ? inEnvelope(data, besideData(event)) : data);
}

const NO_ENVELOPE = {
  reason: "MALFORMED",
  message: "Send a CloudEvent of version 1.0: its specversion is 1.0, and it has a type.",
};
const NO_JSON = { reason: "MALFORMED", message: "Send the data as JSON, with datacontenttype application/json." };

const JSON_TYPE = /^(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Whether the data are of a type that is read: JSON, which is meant where none is named, or another of the connector's. */
function isRead({ datacontenttype }: Sent<CloudEvent>, others: readonly string[]): boolean {
  const type = textIn(datacontenttype);
  return type === null || JSON_TYPE.test(type) || others.some((other) => type.toLowerCase().startsWith(other));
}

/** What the envelope says beside the data: its attributes, the sender's own ones included. */
function besideData(event: Sent<CloudEvent>): Row {
  const { data: _, data_base64: __, specversion: ___, datacontenttype: ____, ...attributes } = event;
  return attributes;
}

/**
 * The envelope names the record, unless the record names itself; the rest is the sender's, nulls included. What else the
 * envelope says is kept in `metadata.sent`, or `extra.sent` of a customer, as of every other message.
 */
function ownRecord(kind: AdaptedRecord["kind"], data: Row, event: Sent<CloudEvent>): AdaptedRecord {
  const { type, source, id, ...attributes } = besideData(event);
  const named = { source: textIn(source) ?? SOURCE, sourceId: textIn(id) };
  const body: Row = { ...named, ...data };
  const beside = {
    ...(/^customer360\.\w+$/i.test(String(type)) ? {} : { type }),
    ...(body.source === named.source ? {} : { source }),
    ...(body.sourceId === named.sourceId ? {} : { id }),
    ...attributes,
  };
  if (Object.keys(beside).length === 0) return accept(kind, body);
  const more = kind === "customer" ? "extra" : "metadata";
  const own = body[more] ?? {};
  // Whatever else stands there is refused.
  if (!isRow(own)) return accept(kind, body);
  const told = isRow(own.sent ?? {})
    ? { ...own, sent: inEnvelope((own.sent ?? {}) as Row, beside) }
    : inEnvelope(own, beside);
  return accept(kind, { ...body, [more]: told });
}

function dataOf({ data, data_base64: bytes }: Sent<CloudEvent>): unknown {
  const text = textIn(bytes);
  if (text === null) return data;
  try {
    return readJson(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
