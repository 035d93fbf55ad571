import { identityIn, type Sent, type SentIdentity, textIn } from "../raw.ts";
import type { Cdr } from "./cdr.type.ts";

/** Who takes part in a call detail record, and which side is ours. */
export interface Parties {
  /** Null between desks, and for a caller who was transferred: the contact's first row has it. */
  direction: "INBOUND" | "OUTBOUND" | null;
  identities: SentIdentity[];
  /** What the customer dialled or was transferred to: rows that ring for the same one are one search for an agent. */
  dialledNumber: string | null;
  /** The short number of the queue, ring group or desk to which a caller was transferred. */
  groupNumber: string | null;
  /** The desk that the call reached. */
  desk: string | null;
  /** Whether both ends are ours, or this is the inner half of a call whose outer half has a row of its own. */
  isInside: boolean;
}

/**
 * Asterisk does not say who called whom. A desk has a short number, in its channel's name or as its number. Any other caller
 * is a customer, and so is a number outside that a desk calls. The caller id of such a call is one of our own numbers.
 */
export function partiesOf(cdr: Sent<Cdr>): Parties {
  const [caller, called] = [textIn(cdr.src), textIn(cdr.dst)];
  const desk = deskOf(cdr.dstchannel);
  const isOutside = OUTSIDE.test(called ?? "");
  if (isPickUp(cdr)) {
    // A desk fetches a caller who waits: the rows before have the caller, and this one whom they talk to now.
    const fetching = deskOf(cdr.channel) ?? caller;
    return { direction: null, identities: [], dialledNumber: null, groupNumber: null, desk: fetching, isInside: false };
  }
  if (HANDED_ON.test(textIn(cdr.dcontext) ?? "")) {
    // The row before has the direction; the number in this row may be the customer's or ours.
    return {
      direction: null,
      identities: [],
      dialledNumber: called,
      groupNumber: null,
      desk,
      isInside: isInnerHalf(cdr),
    };
  }
  if (!isOurs(cdr)) {
    return {
      direction: "INBOUND",
      identities: identityIn("phone", caller),
      dialledNumber: (isOutside || isDesk(called)) && !isFollowing(cdr) ? called : null,
      groupNumber: isDesk(called) ? called : null,
      desk,
      isInside: isInnerHalf(cdr),
    };
  }
  const base = {
    dialledNumber: null,
    groupNumber: null,
    desk: deskOf(cdr.channel) ?? (isDesk(caller) ? caller : null),
  };
  if (isOutside) return { ...base, direction: "OUTBOUND", identities: identityIn("phone", called), isInside: false };
  return { ...base, direction: null, identities: [], isInside: true };
}

/** Whether a desk takes a parked caller out of the park. */
export function isPickUp(cdr: Sent<Cdr>): boolean {
  return /^parkedcall$/i.test(textIn(cdr.lastapp) ?? "") && (deskOf(cdr.channel) !== null || isDesk(textIn(cdr.src)));
}

/** The contexts to which FreePBX and Asterisk's samples transfer a caller. */
const HANDED_ON = /xfer|transfer/i;
const OUTSIDE = /^\+?\d{6,15}$/;
/** Contexts of FreePBX and of Asterisk's samples in which desks dial. */
const DIALLED_WITHIN = /^(from-internal|internal|macro-dialout|outbound|outgoing|phones|users)/i;
const TRUNK = /trunk|gateway|\bgw\b|provider|pstn|sbc|carrier|voip/i;

function isOurs(cdr: Sent<Cdr>): boolean {
  if (isFollowing(cdr) || isInnerHalf(cdr)) return false;
  const channel = textIn(cdr.channel);
  if (deskOf(channel) !== null) return true;
  if (channel === null || !TRUNK.test(channel)) {
    if (isDesk(textIn(cdr.src))) return true;
    return DIALLED_WITHIN.test(textIn(cdr.dcontext) ?? "") && OUTSIDE.test(textIn(cdr.dst) ?? "");
  }
  return false;
}

function isDesk(number: string | null): number is string {
  return number !== null && /^\d{2,5}$/.test(number);
}

/** The short number in the name of a channel: 201 of PJSIP/201-0000002a and of Local/201@from-queue-00000001;1. */
function deskOf(channel: unknown): string | null {
  return (
    /^(?:PJSIP|SIP|IAX2|SCCP|Local)\/(\d{2,5})(?:@[^;]*|-[0-9a-f]+)?(?:;\d)?$/i.exec(textIn(channel) ?? "")?.[1] ?? null
  );
}

/** A call that is forwarded to an agent's other telephone still belongs to the caller. */
function isFollowing({ channel }: Sent<Cdr>): boolean {
  return /^Local\/FM(?:PR|GL)-/i.test(textIn(channel) ?? "");
}

/** The half of a Local channel that goes on to a desk: the row of the caller's own channel is about the same call. */
function isInnerHalf(cdr: Sent<Cdr>): boolean {
  const isHalf = /^Local\/.*;2$/i.test(textIn(cdr.channel) ?? "");
  const carriesCaller = OUTSIDE.test(textIn(cdr.src) ?? "") && textIn(cdr.src) !== textIn(cdr.dst);
  return isHalf && carriesCaller && (isFollowing(cdr) || !OUTSIDE.test(textIn(cdr.dst) ?? ""));
}
