import type { AdaptedRecord, Channel } from "../channel.ts";
import { isRow, malformed, recordOf, type Sent, textIn, unknownEvent, unusable } from "../raw.ts";
import type { CloudEvent } from "./envelope.type.ts";

const SOURCE = "cloudevents";

/** CloudEvents: what is inside is one of our own records, or a message of one of the given dialects. */
export function cloudEvents(dialects: readonly Channel[]): Channel {
  const byName = new Map(dialects.map((dialect) => [dialect.name, dialect]));
  return {
    name: SOURCE,
    adapt: (raw) => (isRow(raw) ? adaptEvent(raw, byName) : malformed(SOURCE, raw)),
  };
}

/** Twilio's Event Streams are CloudEvents of its own, which its dialect reads whole. */
const READS_ENVELOPES = new Set(["twilio"]);

const OURS = /(?:^|\.)customer360\.(interaction|call|touchpoint|customer)(?:\.|$)/;

function adaptEvent(event: Sent<CloudEvent>, dialects: ReadonlyMap<string, Channel>): readonly AdaptedRecord[] {
  const type = textIn(event.type)?.toLowerCase();
  if (!type || textIn(event.specversion) === null) return [unusable(SOURCE, event, NO_ENVELOPE)];
  const data = dataOf(event);
  const kind = OURS.exec(type)?.[1] as AdaptedRecord["kind"] | undefined;
  if (kind) return isRow(data) ? [ownRecord(kind, data, event)] : malformed(SOURCE, event);
  const dialect = type.split(".").flatMap((word) => dialects.get(word) ?? [])[0];
  if (!dialect)
    return unknownEvent(SOURCE, event, `customer360.<kind>, or a type with one of ${[...dialects.keys()].join(", ")}`);
  return dialect.adapt(READS_ENVELOPES.has(dialect.name) ? event : data);
}

const NO_ENVELOPE = { reason: "MALFORMED", message: "Send a CloudEvent, with its specversion and its type." };

/** The envelope names the record, unless the record names itself. */
function ownRecord(kind: AdaptedRecord["kind"], data: Readonly<Record<string, unknown>>, event: Sent<CloudEvent>) {
  const body = { source: textIn(event.source) ?? SOURCE, sourceId: textIn(event.id), ...data };
  return recordOf(kind, body, event);
}

function dataOf({ data, data_base64: bytes }: Sent<CloudEvent>): unknown {
  const text = textIn(bytes);
  if (text === null) return data;
  try {
    return JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
