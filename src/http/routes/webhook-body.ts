import type { IncomingHttpHeaders } from "node:http";
import { FORM } from "../../connectors/connector.ts";
import { inEnvelope } from "../../connectors/envelope.ts";
import { readJson } from "../../kit/json.ts";

/** The messages of a body: JSON, JSON lines or a form; text where it is none of them, or gives a name twice, for the connector to refuse. */
export function messagesIn(body: Buffer, headers: IncomingHttpHeaders): unknown[] {
  const text = body.toString("utf8").replace(/^\uFEFF/, "");
  const type = headers["content-type"] ?? "";
  if (type.startsWith(FORM)) return [formOf(text)];
  if (/^application\/(x-ndjson|ndjson|jsonl)/.test(type)) return text.split(/\r?\n/).filter(Boolean).map(jsonOr);
  const message = jsonOr(text);
  if (headers["ce-specversion"] !== undefined) return [envelopeOf(headers, message)];
  return Array.isArray(message) ? message : [message];
}

/** The first value of each name; the others stand beside them. */
function formOf(text: string): Readonly<Record<string, unknown>> {
  const form = new URLSearchParams(text);
  const all = [...new Set(form.keys())].map((name) => [name, form.getAll(name)] as const);
  const others = all.filter(([, { length }]) => length > 1).map(([name, [, ...more]]) => [name, more]);
  return inEnvelope(Object.fromEntries(all.map(([name, [first]]) => [name, first])), Object.fromEntries(others));
}

function jsonOr(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

/** A CloudEvent in its binary form: the envelope is in the headers, the type of the data included, and the body is its data. */
function envelopeOf(headers: IncomingHttpHeaders, data: unknown): Record<string, unknown> {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith("ce-"));
  const named = attributes.map(([name, value]) => [name.slice("ce-".length), value]);
  return { datacontenttype: headers["content-type"], ...Object.fromEntries(named), data };
}
