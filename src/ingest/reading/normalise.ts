import { hash } from "node:crypto";
import type { CarriedIdentity, DataQualityNote, Fact } from "../../facts/fact.ts";
import type { IdentityKey, SourceSettings } from "../../facts/identity.ts";
import { contactKey, recordKey, strongestFirst } from "../../facts/normalise.ts";
import { dialledAs } from "../../facts/phone.ts";
import { baseOf, regionOf } from "../../facts/rules.ts";
import { canonical } from "../../kit/canonical.ts";
import { recordId } from "../../kit/id.ts";
import type { Refusal } from "../receipt.ts";
import type { Naming } from "./naming.ts";
import type { Validated } from "./validate.ts";

/**
 * What a valid record means: its identities made comparable, its subject chosen, its key and hash made. Refused where an
 * identity is a mistake of the sender's program, or a statement about a customer names none.
 */
export function factOf(validated: Validated, settings: SourceSettings, naming: Naming): Fact | Refusal {
  const carried = carriedBy(validated, settings, naming);
  if ("reason" in carried) return carried;
  const region = regionOf(naming.rules, settings);
  return factWith(validated, carried, { ...settings, region });
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
  for (const contact of contactsOf(validated)) {
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

/** What keeps the legs of one contact together: its universal session, and its sender's key, else the channel's session. */
function contactsOf(validated: Validated): IdentityKey[] {
  if (validated.kind === "customer") return [];
  const { source, universalSessionId, sessionId } = validated.body;
  const isLeg = validated.kind === "interaction";
  const channel = isLeg ? validated.body.channelType : validated.body.channel;
  const session = universalSessionId || channel === "WEB" || channel === "APP" ? null : sessionId;
  const own = (isLeg ? validated.body.contactKey : null) || session;
  const keys = [universalSessionId && contactKey(null, universalSessionId), own && contactKey(source, own)];
  return keys.filter((key) => typeof key === "object" && key !== null);
}

/** A source's settings, and the region that its numbers are read in. */
type Settled = SourceSettings & { region: string };

function factWith(validated: Validated, { subject, others, notes }: Carried, settings: Settled): Fact {
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
      const trackingNumber = dialled && dialledAs(dialled, settings.region);
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
