import { readJson } from "../../kit/json.ts";
import { type AdaptedRecord, accept } from "../adapter.ts";
import type { Connector } from "../connector.ts";
import { isRow, malformed, type Sent, textIn, unknownEvent, unusable } from "../raw.ts";
import type { CloudEvent } from "./envelope.type.ts";

const SOURCE = "cloudevents";

const OURS = /(?:^|\.)customer360\.(interaction|call|touchpoint|customer)(?:\.|$)/;

/** The data are one of our own records, or a message for one of the given connectors. */
export function adaptCloudEvent(raw: unknown, connectors: ReadonlyMap<string, Connector>): readonly AdaptedRecord[] {
  return isRow(raw) ? adaptEvent(raw, connectors) : malformed(SOURCE, raw);
}

function adaptEvent(event: Sent<CloudEvent>, connectors: ReadonlyMap<string, Connector>): readonly AdaptedRecord[] {
  const type = textIn(event.type)?.toLowerCase();
  if (!type || textIn(event.specversion) === null) return [unusable(SOURCE, event, NO_ENVELOPE)];
  const data = dataOf(event);
  const kind = OURS.exec(type)?.[1] as AdaptedRecord["kind"] | undefined;
  if (kind) return isRow(data) ? [ownRecord(kind, data, event)] : malformed(SOURCE, event);
  const connector = type.split(".").flatMap((word) => connectors.get(word) ?? [])[0];
  if (!connector) {
    const known = [...connectors.keys()].join(", ");
    return unknownEvent(SOURCE, event, `customer360.<kind>, or a type with one of ${known}`);
  }
  return connector.adapt(connector.readsEnvelopes ? event : data);
}

const NO_ENVELOPE = { reason: "MALFORMED", message: "Send a CloudEvent, with its specversion and its type." };

/** The envelope names the record, unless the record names itself; the rest is the sender's, nulls included. */
function ownRecord(kind: AdaptedRecord["kind"], data: Readonly<Record<string, unknown>>, event: Sent<CloudEvent>) {
  return accept(kind, { source: textIn(event.source) ?? SOURCE, sourceId: textIn(event.id), ...data });
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
