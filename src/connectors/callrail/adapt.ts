import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  flagIn,
  identityIn,
  isRow,
  malformed,
  momentIn,
  nameIn,
  noteIn,
  numberIn,
  type Sent,
  type SentIdentity,
  shifted,
  stated,
  textIn,
  textsIn,
  unknownEvent,
} from "../raw.ts";
import type { CallWebhook, FormWebhook, TextWebhook } from "./webhook.type.ts";

const SOURCE = "callrail";

/** CallRail's calls, text messages and forms. */
export function adaptCallrail(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  if ("tracking_phone_number" in raw || "start_time" in raw) return [callOf(raw)];
  if ("source_number" in raw) return [messageOf(raw)];
  if ("form_data" in raw || "form_url" in raw) return [formOf(raw)];
  return unknownEvent(SOURCE, raw, "call, text message and form webhooks");
}

function callOf(call: Sent<CallWebhook>): AdaptedRecord {
  const startedAt = momentIn(call.start_time, call.created_at);
  const seconds = numberIn(call.duration);
  const isOutbound = directionOf(call.direction) === "OUTBOUND";
  const outcome = outcomeOf(call, seconds);
  const isModified = textsIn(call.changes).length > 0;
  const body = {
    source: SOURCE,
    sourceId: textIn(call.id, call.resource_id),
    // CallRail sends no revision. The webhook after the call has a longer duration than the one before it; a change comes last.
    revision: shifted(startedAt, (seconds ?? 0) + (isModified ? 0.001 : 0)),
    identities: [...identityIn("cookie", call.ga), ...identityIn("phone", call.customer_phone_number)],
    startedAt,
    durationSeconds: seconds,
    direction: directionOf(call.direction),
    outcome: isOutbound && outcome === "ABANDONED" ? "FAILED" : outcome,
    // On an outbound call this is the number that we show.
    dialledNumber: isOutbound ? null : textIn(call.tracking_phone_number),
    pageUrl: textIn(call.last_requested_url, call.landing_page_url),
    campaign: nameIn(call.utm_campaign, call.campaign, call.source_name),
    medium: nameIn(call.utm_medium, call.medium),
    referrer: textIn(call.referring_url),
    landingPage: textIn(call.landing_page_url),
    agentId: textIn(call.agent_email),
    notes: noteIn(call.note),
    metadata: stated({
      businessNumber: textIn(call.business_phone_number),
      callType: nameIn(call.call_type),
      keywords: nameIn(call.keywords),
      tags: textsIn(call.tags),
      value: nameIn(call.value),
    }),
  };
  return adaptedOf("call", body, call);
}

/** The webhook before the call also says unanswered, with a duration of 0. */
function outcomeOf({ answered, voicemail }: Sent<CallWebhook>, seconds: number | null): string | null {
  if (flagIn(voicemail)) return "VOICEMAIL";
  if (flagIn(answered)) return "HANDLED";
  return seconds ? "ABANDONED" : null;
}

function directionOf(value: unknown): string | null {
  const word = textIn(value)?.toLowerCase();
  if (word === "inbound" || word === "incoming") return "INBOUND";
  return word === "outbound" || word === "outgoing" ? "OUTBOUND" : null;
}

function messageOf(message: Sent<TextWebhook>): AdaptedRecord {
  const isOurs = directionOf(message.direction) === "OUTBOUND";
  const id = textIn(message.id, message.resource_id);
  const body = {
    source: SOURCE,
    sourceId: id && `text/${id}`,
    identities: identityIn("phone", isOurs ? message.destination_number : message.source_number),
    occurredAt: momentIn(message.timestamp),
    kind: "MESSAGE",
    channel: "SMS",
    sessionId: textIn(message.conversation_id),
  };
  return adaptedOf("touchpoint", body, message);
}

function formOf(form: Sent<FormWebhook>): AdaptedRecord {
  const id = textIn(form.id);
  const body = {
    source: SOURCE,
    sourceId: id && `form/${id}`,
    identities: identitiesOf(form),
    occurredAt: momentIn(form.submitted_at),
    kind: "FORM",
    channel: "WEB",
    url: textIn(form.form_url),
    campaign: nameIn(form.utm_campaign, form.source),
    medium: nameIn(form.utm_medium),
  };
  return adaptedOf("touchpoint", body, form);
}

/** Forms have fields of any name: one whose name says e-mail or telephone is read as such. */
function identitiesOf(form: Sent<FormWebhook>): SentIdentity[] {
  const fields = isRow(form.form_data) ? Object.entries(form.form_data) : [];
  const named = (pattern: RegExp) => fields.find(([name]) => pattern.test(name))?.[1];
  return [
    ...identityIn("email", form.customer_email, named(/e-?mail/i)),
    ...identityIn("phone", form.customer_phone_number, named(/phone|mobile|\btel\b/i)),
  ];
}
