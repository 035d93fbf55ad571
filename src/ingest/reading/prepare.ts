import { hash } from "node:crypto";
import type { CarriedIdentity, DataQualityNote, Fact } from "../../facts/fact.ts";
import type { SourceSettings } from "../../facts/identity.ts";
import { contactKey, recordKey, strongestFirst } from "../../facts/normalise.ts";
import { callerNumber } from "../../facts/phone.ts";
import type { IdentityInput } from "../../facts/record.ts";
import { baseOf, settingsOf } from "../../facts/rules.ts";
import { isShallow } from "../../facts/text.ts";
import { legKindOf } from "../../facts/vocabulary.ts";
import type { TouchpointKind } from "../../fields/choices.ts";
import { canonical } from "../../kit/canonical.ts";
import { recordId } from "../../kit/id.ts";
import type { IncomingRecord, Refusal } from "../receipt.ts";
import type { Naming } from "./naming.ts";
import { type Validated, validate } from "./validate.ts";

export type Prepared =
  | { fact: Fact }
  | { refusal: Refusal; source: string; sourceId: string | null; record?: IncomingRecord }
  | { filtered: true; source: string };

/** What a record means: validated, its identities normalised, its subject chosen, its key and hash made. No database. */
export function prepare(record: IncomingRecord, naming: Naming): Prepared {
  const named = namesOf(record.body);
  if (record.rejected) return refused({ ...record.rejected, path: [] }, named);
  if (!isShallow(record.body)) return { refusal: TOO_DEEP, ...named, record: { ...record, body: null } };
  const settings = settingsOf(naming.rules, named.source);
  const validated = validate(record, settings.timeZone);
  if ("reason" in validated) return refused(validated, named);
  if (isFiltered(validated, settings)) return { filtered: true, source: named.source };
  const carried = carriedBy(validated, settings, naming);
  if ("reason" in carried) return refused(carried, named);
  const region = settings.defaultRegion ?? naming.rules.defaultRegion;
  return { fact: factOf(validated, carried, { ...settings, region }) };
}

interface Named {
  source: string;
  sourceId: string | null;
}

function namesOf(body: unknown): Named {
  const { source, sourceId } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  return {
    source: typeof source === "string" ? storable(source.trim().slice(0, 64)) || "unknown" : "unknown",
    sourceId: typeof sourceId === "string" ? storable(sourceId.trim().slice(0, 256)) : null,
  };
}

/** Not even its body can be kept: writing it down would go as deep. */
const TOO_DEEP: Refusal = {
  reason: "TOO_DEEP",
  message: "The record is nested too deeply: send at most 64 levels of lists and objects.",
  path: [],
};

/** PostgreSQL stores no NUL. */
function storable(text: string): string {
  return text.replaceAll("\u0000", "");
}

function refused(refusal: Refusal, named: Named): Prepared {
  return { refusal, ...named };
}

/** A source may keep some kinds only: of an IVR, the prompts. */
function isFiltered(validated: Validated, { keepKinds }: SourceSettings): boolean {
  if (keepKinds.length === 0 || validated.kind === "customer") return false;
  const kind: TouchpointKind | null =
    validated.kind === "touchpoint" ? validated.body.kind : legKindOf(validated.body.channelType);
  return kind !== null && !keepKinds.includes(kind);
}

interface Carried {
  subject: CarriedIdentity;
  others: CarriedIdentity[];
  notes: DataQualityNote[];
}

function carriedBy(validated: Validated, settings: SourceSettings, naming: Naming): Carried | Refusal {
  const { body } = validated;
  const found = new Map<string, CarriedIdentity>();
  const notes: DataQualityNote[] = [];
  for (const [position, input] of body.identities.entries()) {
    const answer = naming.identify(input, settings);
    if ("reason" in answer && isFatal(answer.reason)) {
      const path = ["identities", String(position)];
      return { reason: answer.reason, message: `${path.join(".")}: ${answer.message}`, path };
    }
    if (answer.message !== null) notes.push({ field: `identities.${position}`, message: answer.message });
    if ("identity" in answer) found.set(answer.identity.id, answer.identity);
  }
  const contact = contactOf(validated);
  if (contact) {
    const identity = naming.named(contact, "CARRIER");
    found.set(identity.id, identity);
  }
  const [subject, ...others] = [...found.values()].sort((a, b) => strongestFirst(a, b, naming.rules));
  if (subject) return { subject, others, notes };
  if (validated.kind === "customer") return NOBODY;
  return { subject: naming.named(recordKey(body.source, body.sourceId), "RECORD"), others: [], notes };
}

const NOBODY: Refusal = {
  reason: "NO_IDENTITY",
  message:
    "None of the identities can be used: send a custid, an e-mail or a phone number that belongs to the customer.",
  path: ["identities"],
};

/** A mistake of the sender's program; what a caller withheld or mistyped is only noted. */
function isFatal(reason: string): boolean {
  return reason === "UNKNOWN_NAMESPACE" || reason === "TOO_LONG" || reason === "INVALID";
}

/** What keeps the legs of one contact together: its universal session, else the session of the channel that issued it. */
function contactOf(validated: Validated): IdentityInput | null {
  if (validated.kind === "customer") return null;
  const { body } = validated;
  if (body.universalSessionId) return contactKey(null, body.universalSessionId);
  const channel = validated.kind === "interaction" ? validated.body.channelType : validated.body.channel;
  if (!body.sessionId || channel === "WEB" || channel === "APP") return null;
  return contactKey(body.source, body.sessionId);
}

/** A source's settings, and the region that its numbers are read in. */
type Settled = SourceSettings & { region: string };

function factOf(validated: Validated, { subject, others, notes }: Carried, settings: Settled): Fact {
  const { source, sourceId } = validated.body;
  const base = {
    id: recordId(validated.kind, source, sourceId),
    source,
    sourceId,
    bodyHash: hashOf(validated, settings.volatileFields),
    subject,
    others,
  };
  const valueIn = (namespace: string) =>
    [subject, ...others].find((identity) => baseOf(identity.namespace) === namespace)?.value ?? null;
  switch (validated.kind) {
    case "interaction": {
      const { body } = validated;
      const all = [...validated.notes, ...notes];
      const times = { revision: body.revision, at: body.sessionStartTime };
      const dialled = body.trackingNumber;
      const trackingNumber = dialled && (callerNumber(dialled, settings.region)?.e164 ?? dialled);
      const custId = valueIn("custid");
      const told = trackingNumber === dialled ? body : { ...body, trackingNumber };
      return { ...base, ...times, kind: "interaction", body: told, notes: all, custId };
    }
    case "touchpoint": {
      const { body } = validated;
      return { ...base, kind: "touchpoint", body, revision: body.revision, at: body.occurredAt };
    }
    case "customer": {
      const { body } = validated;
      const ids = { custId: valueIn("custid"), globalCustomerId: valueIn("globalcustid") };
      return { ...base, kind: "customer", body, revision: body.observedAt, at: body.observedAt, ...ids };
    }
  }
}

/** A digest of the record's meaning; on a customer record an explicit null is part of the meaning. */
function hashOf({ kind, body }: Validated, volatileFields: readonly string[]): string {
  return hash("sha256", canonical(without(body, volatileFields), kind === "customer"));
}

function without(body: object, fields: readonly string[]): object {
  if (fields.length === 0) return body;
  return Object.fromEntries(Object.entries(body).filter(([field]) => !fields.includes(field)));
}
