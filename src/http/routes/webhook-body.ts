import type { IncomingHttpHeaders } from "node:http";
import { readJson } from "../../kit/json.ts";

/** The messages of a body: JSON, JSON lines or a form; text where it is none of them, for the connector to judge. */
export function messagesIn(body: Buffer, headers: IncomingHttpHeaders): unknown[] {
  const text = body.toString("utf8").replace(/^\uFEFF/, "");
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) return [formOf(text)];
  if (/^application\/(x-ndjson|ndjson|jsonl)/.test(type)) return text.split(/\r?\n/).filter(Boolean).map(jsonOr);
  const message = jsonOr(text);
  if (headers["ce-specversion"] !== undefined) return [envelopeOf(headers, message)];
  return Array.isArray(message) ? message : [message];
}

/** The first value of each name. */
function formOf(text: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(text)].reverse());
}

function jsonOr(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

/** A CloudEvent in its binary form: the envelope is in the headers, and the body is its data. */
function envelopeOf(headers: IncomingHttpHeaders, data: unknown): Record<string, unknown> {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith("ce-"));
  return { ...Object.fromEntries(attributes.map(([name, value]) => [name.slice("ce-".length), value])), data };
}
