import { hash } from "node:crypto";
import type { CarriedIdentity, CustomerFact, DataQualityNote, Fact, TouchpointFact } from "../../facts/fact.ts";
import type { IdentityKey, SourceSettings } from "../../facts/identity.ts";
import { contactKey, customerRecordKey, recordKey, strongestFirst, subjectOf } from "../../facts/normalise.ts";
import { dialledAs } from "../../facts/phone.ts";
import type { CheckedIdentity } from "../../facts/record.ts";
import { baseOf, regionOf, ruleOf } from "../../facts/rules.ts";
import { canonical } from "../../kit/canonical.ts";
import { recordId } from "../../kit/id.ts";
import type { Refusal } from "../receipt.ts";
import type { Naming } from "./naming.ts";
import type { Validated } from "./validate.ts";

/**
 * What a valid record means: its identities made comparable, its subject chosen, its key and hash made. Refused where an
 * identity is a mistake of the sender's program.
 */
export function factOf(validated: Validated, settings: SourceSettings, naming: Naming): Fact | Refusal {
  if (validated.kind === "customer") return customerFactOf(validated, settings, naming);
  const carried = carriedBy(validated, settings, naming);
  if ("reason" in carried) return carried;
  const region = regionOf(naming.rules, settings);
  return factWith(validated, carried, { ...settings, region });
}

type ValidEvent = Exclude<Validated, { kind: "customer" }>;
type ValidTouchpoint = Extract<Validated, { kind: "touchpoint" }>;
type ValidCustomer = Extract<Validated, { kind: "customer" }>;

interface Carried {
  subject: CarriedIdentity;
  others: CarriedIdentity[];
  notes: DataQualityNote[];
}

function carriedBy(validated: ValidEvent, settings: SourceSettings, naming: Naming): Carried | Refusal {
  const { body } = validated;
  const read = identitiesIn(body, "identities", { settings, naming });
  if ("reason" in read) return read;
  const { found, notes } = read;
  for (const contact of contactsOf(validated)) {
    const identity = naming.named(contact, "CARRIER");
    found.set(identity.id, identity);
  }
  const [subject, ...others] = [...found.values()].sort((a, b) => strongestFirst(a, b, naming.rules));
  if (subject) return { subject, others, notes };
  return { subject: naming.named(recordKey(body.source, body.sourceId), "RECORD"), others: [], notes };
}

interface ReadIdentities {
  found: Map<string, CarriedIdentity>;
  /** Namespaces whose value is null. */
  none: string[];
  notes: DataQualityNote[];
}

type Lists = "identities" | "withdrawIdentities";

/** The identities of one list, each once; what identifies nobody is noted. */
function identitiesIn(
  body: { [list in Lists]?: readonly CheckedIdentity[] | null },
  list: Lists,
  { settings, naming }: { settings: SourceSettings; naming: Naming },
): ReadIdentities | Refusal {
  const found = new Map<string, CarriedIdentity>();
  const none: string[] = [];
  const notes: DataQualityNote[] = [];
  for (const [position, { namespace, value }] of (body[list] ?? []).entries()) {
    const answer = naming.identify({ namespace, value: value ?? "" }, settings);
    if ("reason" in answer && isFatal(answer.reason)) {
      const path = [list, String(position)];
      return { reason: answer.reason, message: `${path.join(".")}: ${answer.message}`, path };
    }
    if (value === null) none.push(ruleOf(naming.rules, namespace)?.name ?? namespace);
    const message = value === null ? "The value is null and identifies nobody." : answer.message;
    if (message !== null) notes.push({ field: `${list}.${position}`, message });
    if ("identity" in answer) found.set(answer.identity.id, answer.identity);
  }
  return { found, none, notes };
}

/** A mistake of the sender's program; what a caller withheld or mistyped is only noted. */
function isFatal(reason: string): boolean {
  return reason === "UNKNOWN_NAMESPACE" || reason === "TOO_LONG" || reason === "INVALID";
}

/** What keeps the legs of one contact together: its universal session, and its sender's key, else the channel's session. */
function contactsOf(validated: ValidEvent): IdentityKey[] {
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

function factWith(validated: ValidEvent, { subject, others, notes }: Carried, settings: Settled): Fact {
  const all = [...validated.notes, ...notes];
  if (validated.kind === "touchpoint") return touchpointFactOf(validated, { subject, others, notes: all }, settings);
  const { source, sourceId } = validated.body;
  const base = {
    id: recordId(validated.kind, source, sourceId),
    source,
    sourceId,
    bodyHash: bodyHashOf(validated, settings.volatileFields),
    subject,
    others,
  };
  const valueIn = (namespace: string) =>
    [subject, ...others].find((identity) => baseOf(identity.namespace) === namespace)?.value ?? null;
  const { body } = validated;
  const times = { revision: body.revision, at: body.sessionStartTime };
  const dialled = body.trackingNumber;
  const trackingNumber = dialled && dialledAs(dialled, settings.region);
  const custId = valueIn("custid");
  const told = trackingNumber === dialled ? body : { ...body, trackingNumber };
  return { ...base, ...times, kind: "interaction", body: told, notes: all, custId };
}

function touchpointFactOf(
  validated: ValidTouchpoint,
  { subject, others, notes }: Carried,
  { volatileFields }: SourceSettings,
): TouchpointFact {
  const { body } = validated;
  const { source, sourceId, revision, occurredAt } = body;
  const id = recordId("touchpoint", source, sourceId);
  const bodyHash = bodyHashOf(validated, volatileFields);
  return { kind: "touchpoint", id, source, sourceId, revision, bodyHash, at: occurredAt, subject, others, body, notes };
}

/** What a customer record says; whom it is about is known once it is merged with the earlier ones. */
function customerFactOf(validated: ValidCustomer, settings: SourceSettings, naming: Naming): CustomerFact | Refusal {
  const { body } = validated;
  const [named, withdrawn] = [
    identitiesIn(body, "identities", { settings, naming }),
    identitiesIn(body, "withdrawIdentities", { settings, naming }),
  ];
  if ("reason" in named) return named;
  if ("reason" in withdrawn) return withdrawn;
  if ([...withdrawn.found.keys()].some((id) => named.found.has(id))) return NAMED_AND_WITHDRAWN;
  const { source, sourceId } = body;
  const stated = [...named.found.values()];
  const bases = new Set(stated.map(({ namespace }) => baseOf(namespace)));
  const own = naming.named(customerRecordKey(source, sourceId), "PERSONAL");
  return {
    kind: "customer",
    body,
    id: recordId("customer", source, sourceId),
    source,
    sourceId,
    bodyHash: bodyHashOf(validated, settings.volatileFields),
    revision: body.observedAt,
    at: body.observedAt,
    ...subjectOf(stated, own, naming.rules),
    own,
    named: stated,
    withdrawn: [...withdrawn.found.values()],
    none: [...named.none, ...withdrawn.none].filter((namespace) => !bases.has(namespace)),
    nameless: stated.length > 0 ? null : (body.identities ?? []).length > 0 ? NOBODY : NOTHING_NAMED,
  };
}

const NOBODY: Refusal = {
  reason: "NO_IDENTITY",
  message:
    "None of the identities can be used: send a custid, an e-mail or a phone number that belongs to the customer.",
  path: ["identities"],
};

const NOTHING_NAMED: Refusal = {
  reason: "BAD_FIELD",
  message:
    "identities: The first record of a customer needs at least one identity: a custid, an e-mail, a phone. Later ones may leave them out.",
  path: ["identities"],
};

const NAMED_AND_WITHDRAWN: Refusal = {
  reason: "BAD_FIELD",
  message: "withdrawIdentities: One of them is in identities too: send it in one of the two.",
  path: ["withdrawIdentities"],
};

/**
 * A digest of the record's meaning; on a customer record an explicit null is part of the meaning. What a connector has no
 * field for is not: a vendor that adds some to a message says nothing new of the leg.
 */
export function bodyHashOf({ kind, body }: Validated, volatileFields: readonly string[]): string {
  const more = kind === "customer" ? "extra" : "metadata";
  const free = (body as { [field in typeof more]?: Readonly<Record<string, unknown>> | null })[more];
  const told = typeof free?.sent === "object" ? { ...without(body, [more]), ...ownOf(free, more) } : body;
  return hash("sha256", canonical(without(told, volatileFields), kind === "customer"));
}

/** What the sender says under its own names; left out where that is nothing: null would clear a customer's. */
function ownOf(free: object, more: string): object {
  const own = without(free, ["sent", "cut"]);
  return Object.keys(own).length > 0 ? { [more]: own } : {};
}

function without(body: object, fields: readonly string[]): object {
  if (fields.length === 0) return body;
  return Object.fromEntries(Object.entries(body).filter(([field]) => !fields.includes(field)));
}
