import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  identityIn,
  idOf,
  isRow,
  malformed,
  momentIn,
  nameIn,
  numberIn,
  rowsIn,
  type Sent,
  type SentIdentity,
  stated,
  textIn,
  unknownEvent,
  unusable,
} from "../raw.ts";
import type { Vcon, VconDialog, VconParty } from "./vcon.type.ts";

const SOURCE = "vcon";

/** IETF vCons: each recording is a call, each text a message. What was said stays with the sender. */
export function adaptVcon(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  if ("ciphertext" in raw) return [unusable(SOURCE, raw, ENCRYPTED)];
  if ("payload" in raw && "signatures" in raw) return [unusable(SOURCE, raw, SIGNED)];
  return "parties" in raw || "dialog" in raw ? recordsOf(raw) : unknownEvent(SOURCE, raw, "vCons, with their parties");
}

const ENCRYPTED = { reason: "ENCRYPTED", message: "Decrypt the vCon before it is sent: its key is not known here." };
const SIGNED = {
  reason: "SIGNED",
  message: "Check the vCon's signature, then send what was signed: it is not checked here.",
};
const NO_DIALOG = { reason: "NO_CONTACT", message: "The vCon holds no dialog: send it when there is one." };

function recordsOf(container: Sent<Vcon>): AdaptedRecord[] {
  const dialogs = rowsIn(container.dialog);
  if (dialogs.length === 0) return [unusable(SOURCE, container, NO_DIALOG)];
  const parties = rowsIn(container.parties);
  const id = textIn(container.uuid) ?? idOf(container);
  const customer = parties.find(hasRole("customer")) ?? parties[originatorOf(dialogs[0]!)];
  const shared = {
    source: SOURCE,
    revision: momentIn(container.updated_at, container.created_at),
    identities: identitiesOf(customer),
    sessionId: id,
  };
  const facts = { container, shared, agent: parties.find(hasRole("agent")) };
  return dialogs.map((dialog, position) => recordIn(dialog, { ...facts, sourceId: `${id}/${position}` }));
}

interface Facts {
  container: Sent<Vcon>;
  shared: { source: string; identities: SentIdentity[] };
  agent: Sent<VconParty> | undefined;
  sourceId: string;
}

function recordIn(dialog: Sent<VconDialog>, facts: Facts): AdaptedRecord {
  switch (textIn(dialog.type)) {
    case "recording":
    case "incomplete":
      return callOf(dialog, facts);
    case "text":
      return messageOf(dialog, facts);
    default:
      return unusable(SOURCE, dialog, NO_CUSTOMER_DIALOG);
  }
}

const NO_CUSTOMER_DIALOG = {
  reason: "UNKNOWN_EVENT",
  message: "Of a vCon's dialogs, recordings, incomplete calls and texts are taken in.",
};

function callOf(dialog: Sent<VconDialog>, { container, shared, agent, sourceId }: Facts): AdaptedRecord {
  const disposition = textIn(dialog.disposition, dialog.meta?.disposition)?.toLowerCase();
  const isIncomplete = textIn(dialog.type) === "incomplete";
  const body = {
    ...shared,
    sourceId,
    startedAt: momentIn(dialog.start),
    durationSeconds: numberIn(dialog.duration),
    direction: DIRECTIONS.get(textIn(dialog.meta?.direction)?.toLowerCase() ?? ""),
    outcome: OUTCOMES.get(disposition ?? "") ?? (isIncomplete ? "FAILED" : "HANDLED"),
    agentId: textIn(agent?.mailto, agent?.email, agent?.tel, agent?.name),
    callReason: nameIn(container.subject),
    metadata: stated({ mediaType: nameIn(dialog.mediatype), disposition }),
  };
  return adaptedOf("call", body, dialog);
}

const DIRECTIONS = new Map([
  ["in", "INBOUND"],
  ["inbound", "INBOUND"],
  ["out", "OUTBOUND"],
  ["outbound", "OUTBOUND"],
]);

const OUTCOMES = new Map([
  ["answered", "HANDLED"],
  ["no-answer", "ABANDONED"],
  ["hung-up", "ABANDONED"],
  ["voicemail-no-message", "VOICEMAIL"],
  ["busy", "FAILED"],
  ["failed", "FAILED"],
  ["congestion", "FAILED"],
]);

function messageOf(dialog: Sent<VconDialog>, { container, shared, sourceId }: Facts): AdaptedRecord {
  const body = {
    ...shared,
    sourceId,
    occurredAt: momentIn(dialog.start),
    kind: "MESSAGE",
    channel: channelOf(shared.identities),
    name: nameIn(container.subject),
  };
  return adaptedOf("touchpoint", body, dialog);
}

/** A vCon names no channel: how the customer is addressed tells it. */
function channelOf(identities: readonly SentIdentity[]): string {
  if (identities.some(({ namespace }) => namespace === "email")) return "EMAIL";
  return identities.some(({ namespace }) => namespace === "phone") ? "SMS" : "CHAT";
}

/** Nobody is called the customer in the standard itself: then whoever began is taken for them. */
function originatorOf({ originator, parties }: Sent<VconDialog>): number {
  const first: unknown = Array.isArray(parties) ? parties.flat()[0] : parties;
  return numberIn(originator) ?? numberIn(first) ?? 0;
}

function hasRole(role: string) {
  return (party: Sent<VconParty>) => textIn(party.role, party.meta?.role)?.toLowerCase() === role;
}

function identitiesOf(party: Sent<VconParty> | undefined): SentIdentity[] {
  if (!party) return [];
  const address = textIn(party.mailto, party.email)?.replace(/^mailto:/i, "");
  return [...identityIn("email", address), ...identityIn("phone", party.tel)];
}
