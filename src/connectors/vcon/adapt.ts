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
  placesIn,
  type Sent,
  type SentIdentity,
  stated,
  textIn,
  unknownEvent,
  unusable,
} from "../raw.ts";
import type { Vcon, VconDialog, VconParty } from "./vcon.type.ts";

const SOURCE = "vcon";

/** IETF vCons: each recording becomes a call, each text a message. The sender keeps what was said. */
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
  const sent: readonly unknown[] = Array.isArray(container.dialog) ? container.dialog : [];
  const dialogs = placesIn(container.dialog);
  const told = dialogs.filter((dialog, at) => isRow(sent[at]) && textIn(dialog.type) !== "transfer");
  if (told.length === 0) return [unusable(SOURCE, container, NO_DIALOG)];
  const parties = placesIn(container.parties);
  const id = textIn(container.uuid) ?? idOf(container);
  const customer = parties.find(hasRole("customer")) ?? parties[originatorOf(told[0]!)];
  const shared = {
    source: SOURCE,
    revision: momentIn(container.updated_at, container.created_at),
    identities: identitiesOf(customer),
    sessionId: id,
  };
  const facts = { container, shared, parties, customer, handings: handingsIn(dialogs) };
  const toldBy = (position: number) => partOf(container, { position, isFirst: dialogs[position] === told[0] });
  // The talks before and after a transfer describe it, so the transfer itself becomes no record.
  return dialogs.flatMap((dialog, position) => {
    if (!isRow(sent[position])) return malformed(SOURCE, sent[position]);
    if (!told.includes(dialog)) return [];
    return recordIn(dialog, { ...facts, position, sourceId: `${id}/${position}`, told: toldBy(position) });
  });
}

interface Facts {
  container: Sent<Vcon>;
  shared: { source: string; identities: SentIdentity[]; sessionId: string };
  parties: Sent<VconParty>[];
  customer: Sent<VconParty> | undefined;
  handings: Handing[];
  /** Of the dialog in its list. */
  position: number;
  sourceId: string;
  /** The part of the container that its record keeps. */
  told: unknown;
}

/**
 * Each record keeps its own dialog and its analysis, such as a transcript; the first one also keeps the rest, transfers
 * included. A recording in the container is not stored.
 */
function partOf(container: Sent<Vcon>, { position, isFirst }: { position: number; isFirst: boolean }): unknown {
  const isOf = (made: unknown) => {
    const about = isRow(made) ? positionsIn(made.dialog) : [];
    return about.length === 0 ? isFirst : about[0] === position;
  };
  const dialog = placesIn(container.dialog).map((whole, at) => {
    const { body: _, ...said } = whole;
    const type = textIn(said.type);
    if (at === position) return type === "text" ? whole : said;
    return isFirst && type === "transfer" ? said : null;
  });
  const [analysis, attachments] = [container.analysis, container.attachments].map((all) => [all].flat().filter(isOf));
  return isFirst ? { ...container, dialog, analysis, attachments } : { dialog, analysis, attachments };
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
  message: "Of a vCon's dialogs, recordings, incomplete calls, texts and transfers are taken in.",
};

function callOf(dialog: Sent<VconDialog>, facts: Facts): AdaptedRecord {
  const { container, shared, sourceId, handings, position } = facts;
  const disposition = textIn(dialog.disposition, dialog.meta?.disposition)?.toLowerCase();
  const isIncomplete = textIn(dialog.type) === "incomplete";
  const direction = directionOf(dialog, facts);
  const outcome = OUTCOMES.get(disposition ?? "") ?? (isIncomplete ? "FAILED" : "HANDLED");
  const handing = handings.find(({ from }) => from.includes(position));
  const body = {
    ...shared,
    contactKey: shared.sessionId,
    sourceId,
    startedAt: momentIn(dialog.start),
    durationSeconds: numberIn(dialog.duration),
    direction,
    outcome: outcome === "ABANDONED" && direction === "OUTBOUND" ? "FAILED" : outcome,
    agentId: isIncomplete ? null : agentOf(dialog, facts),
    isConsult: isConsult(dialog, facts) ? true : null,
    isTransferred: handing ? true : null,
    agentIdTransferred: handing ? agentOf(placesIn(container.dialog)[handing.to ?? -1], facts) : null,
    callReason: nameIn(container.subject),
    metadata: stated({ mediaType: nameIn(dialog.mediatype), disposition }),
  };
  return adaptedOf("call", body, dialog, facts.told);
}

/** A completed transfer: the talks before it, its consults, and the talk after it. */
interface Handing {
  from: number[];
  consults: number[];
  to: number | null;
}

function handingsIn(dialogs: readonly Sent<VconDialog>[]): Handing[] {
  return dialogs
    .filter((dialog) => textIn(dialog.type) === "transfer")
    .map((dialog) => {
      const to = positionsIn(dialog.target_dialog ?? dialog["target-dialog"])[0] ?? null;
      const isDone = to === null || textIn(dialogs[to]?.type) !== "incomplete";
      const consults = positionsIn(dialog.consultation).filter((position) => position !== to);
      return { from: isDone ? positionsIn(dialog.original) : [], consults, to };
    });
}

function positionsIn(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).map(numberIn).filter((position) => position !== null);
}

/** Whether a transfer names the dialog as its consult, or the known customer is not among those who talk. */
function isConsult(dialog: Sent<VconDialog>, { handings, position, parties, customer }: Facts): boolean {
  if (handings.some(({ consults }) => consults.includes(position))) return true;
  const present = presentIn(dialog, parties);
  const isTold = parties.some(hasRole("customer")) && present.length > 1;
  return isTold && customer !== undefined && !present.includes(customer);
}

function presentIn({ parties: positions }: Sent<VconDialog>, parties: readonly Sent<VconParty>[]): Sent<VconParty>[] {
  const listed: unknown[] = Array.isArray(positions) ? positions.flat() : [positions];
  return listed.flatMap((position) => parties[numberIn(position) ?? -1] ?? []);
}

/** The agent of this dialog; when the dialog lists no parties, the agent of the conversation. */
function agentOf(dialog: Sent<VconDialog> | undefined, { parties }: Facts): string | null {
  const present = dialog ? presentIn(dialog, parties) : [];
  const agent = present.find(hasRole("agent")) ?? (present.length === 0 ? parties.find(hasRole("agent")) : undefined);
  return textIn(agent?.mailto, agent?.email, agent?.tel, agent?.name);
}

/** The direction that the dialog states, else the role of the party who began it. */
function directionOf(dialog: Sent<VconDialog>, { parties, handings, position }: Facts): string | null {
  const said = DIRECTIONS.get(textIn(dialog.meta?.direction)?.toLowerCase() ?? "");
  if (said) return said;
  // Whoever was passed on did not call again, whoever is named first: the talk before has the direction.
  if (handings.some(({ to }) => to === position)) return null;
  const originator = parties[originatorOf(dialog)];
  if (originator && hasRole("customer")(originator)) return "INBOUND";
  return originator && hasRole("agent")(originator) ? "OUTBOUND" : null;
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
  ["voicemail", "VOICEMAIL"],
  ["voicemail-no-message", "VOICEMAIL"],
  ["busy", "FAILED"],
  ["failed", "FAILED"],
  ["congestion", "FAILED"],
]);

function messageOf(dialog: Sent<VconDialog>, { container, shared, sourceId, told }: Facts): AdaptedRecord {
  const body = {
    ...shared,
    sourceId,
    occurredAt: momentIn(dialog.start),
    kind: "MESSAGE",
    channel: channelOf(shared.identities),
    name: nameIn(container.subject),
  };
  return adaptedOf("touchpoint", body, dialog, told);
}

/** A vCon names no channel: the kind of the customer's address decides it. */
function channelOf(identities: readonly SentIdentity[]): string {
  if (identities.some(({ namespace }) => namespace === "email")) return "EMAIL";
  return identities.some(({ namespace }) => namespace === "phone") ? "SMS" : "CHAT";
}

/** The standard names no customer. Without a role, the party who began is taken for the customer. */
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
