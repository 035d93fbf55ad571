import type { Channel, Outcome } from "../fields/choices.ts";
import { contactKey } from "./normalise.ts";

// A contact is what a person would count once: the legs, and the visits around them, that keys tie together.

/**
 * The most rows of one contact. A transferred call has some ten, a case over which people write for months a hundred; what
 * keys tie together beyond this is a placeholder, a shift or a chain of calls that name each other: no contact at all.
 */
export const MOST_OF_CONTACT = 200;

/** What a leg or a visit states that may tie it to others. */
export interface Ties {
  source: string;
  /** Null of a visit, which nobody names. */
  sourceId: string | null;
  channelType: Channel;
  universalSessionId: string | null;
  sessionId: string | null;
  contactKey?: string | null;
  callId?: string | null;
  callBackSessionId?: string | null;
  outcome?: Outcome | null;
}

/**
 * The keys of a leg, in order, each once. Whatever shares a key is of one contact; the key of a call alone ties only a
 * record that names the call to the one system that carried it.
 */
export function keysOf(leg: Ties): string[] {
  const { source, sourceId, channelType, sessionId, callBackSessionId, callId } = leg;
  const session = channelType === "WEB" || channelType === "APP" ? null : sessionId;
  // A call back names the session, the journey or the record in which it was asked for.
  const asked = leg.outcome === "CALLBACK_REQUESTED" ? [sourceId, sessionId] : [];
  const own = [leg.contactKey ?? session, callBackSessionId, ...asked];
  const universal = [leg.universalSessionId, callBackSessionId];
  const calls = callId == null && channelType === "VOICE" ? [sourceId, leg.contactKey] : [];
  const keys = [
    ...own.map((value) => keyOf("contact", source, value)),
    ...universal.map((value) => keyOf("contact", null, value)),
    ...calls.map((value) => keyOf("call", null, value)),
    ...(callId == null ? [] : [callKeyOf(callId)]),
  ];
  return [...new Set(keys.filter((key) => key !== null))].sort();
}

/** The key by which a record names the call that another system carried. */
function callKeyOf(callId: string): string | null {
  return keyOf("call", null, callId);
}

/** Placeholders are no keys: all legs of a sender that states them would be one contact. */
function keyOf(word: "contact" | "call", source: string | null, value: string | null | undefined): string | null {
  const key = value == null ? null : contactKey(source, value);
  if (key === null) return null;
  return source === null ? `${word}:${key.value}` : `${word} of ${key.value}`;
}

/** The keys that name a contact by its identity's value: within a source, and everywhere. */
export function keysOfContact(value: string): string[] {
  return [`contact of ${value}`, `contact:${value}`];
}

/** The value of the identity that a key names a contact by; null of a call's key. */
export function contactIn(key: string): string | null {
  return /^contact(?::| of )(.*)$/s.exec(key)?.[1] ?? null;
}

/** A stored leg or visit, as far as its contact goes. */
export interface Tied {
  id: string;
  source: string;
  keys: readonly string[];
  /** Of a record that names the call of another system. */
  callId: string | null;
  /** A leg of channel VOICE in which the customer took part. */
  isCall: boolean;
}

export interface Contact {
  /** The least id of its interactions. */
  id: string;
  /** Whether it has calls of several ids. */
  sharesCalls: boolean;
}

/** What these rows are to each other, which keys tie together; null where they are one interaction. */
export function contactOf(members: readonly Tied[]): Contact | null {
  const ids = [...new Set(members.map(({ id }) => id))].sort();
  if (ids.length === 1) return null;
  const calls = new Set(members.filter(({ isCall }) => isCall).map(({ id }) => id));
  return { id: ids[0]!, sharesCalls: calls.size > 1 };
}

/** Those of all rows with one key that it ties together: none, where there are more than a contact has. */
export function tiedBy<Row extends Tied>(key: string, rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length > most) return [];
  return key.startsWith("call:") ? tellersOf(key, rows) : rows;
}

/** Who tells of one call: those that name it, and who carried it unless several systems use the id. */
function tellersOf<Row extends Tied>(key: string, rows: readonly Row[]): readonly Row[] {
  const names = ({ callId }: Row) => callId !== null && callKeyOf(callId) === key;
  const naming = rows.filter(names);
  if (naming.length === 0) return [];
  const carriers = new Set(rows.filter((row) => !names(row)).map(({ source }) => source));
  return carriers.size === 1 ? rows : naming;
}
