import type { Channel, Outcome } from "../fields/choices.ts";
import { groupBy } from "../kit/group.ts";
import { contactKey } from "./normalise.ts";

// A contact is what a person would count once: the legs, and the visits around them, that keys tie together.

/** The most rows of one key: on more of them, the key is a mistake of its sender's and ties nothing. */
export const MOST_OF_KEY = 200;

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

/** The contact of each of these rows that has company, by the row's id. The same rows in any order give the same contacts. */
export function contactsOf(rows: readonly Tied[]): Map<string, Contact> {
  const roots = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = roots.get(root); next !== undefined; next = roots.get(root)) root = next;
    if (root !== id) roots.set(id, root);
    return root;
  };
  for (const members of membersByKey(rows)) {
    for (const { id } of members) {
      const [less, more] = [rootOf(members[0]!.id), rootOf(id)].sort() as [string, string];
      if (less !== more) roots.set(more, less);
    }
  }
  const contacts = groupBy(rows, ({ id }) => rootOf(id));
  return new Map([...contacts].flatMap(([id, members]) => contactOf(id, members)));
}

function contactOf(id: string, members: readonly Tied[]): [string, Contact][] {
  const ids = [...new Set(members.map((member) => member.id))];
  if (ids.length === 1) return [];
  const calls = new Set(members.filter(({ isCall }) => isCall).map((member) => member.id));
  return ids.map((member) => [member, { id, sharesCalls: calls.size > 1 }]);
}

/** Rows that one key ties together, for each key. */
function membersByKey(rows: readonly Tied[]): Tied[][] {
  const byKey = new Map<string, Tied[]>();
  for (const row of rows) {
    for (const key of row.keys) {
      const known = byKey.get(key);
      if (known) known.push(row);
      else byKey.set(key, [row]);
    }
  }
  return [...byKey]
    .filter(([, members]) => members.length <= MOST_OF_KEY)
    .map(([key, members]) => (key.startsWith("call:") ? tellersOf(key, members) : members))
    .filter((members) => members.length > 1);
}

/** Who tells of one call: those that name it, and who carried it unless several systems use the id. */
function tellersOf(key: string, members: readonly Tied[]): Tied[] {
  const [naming, carrying] = [true, false].map((names) =>
    members.filter(({ callId }) => (callId !== null && callKeyOf(callId) === key) === names),
  ) as [Tied[], Tied[]];
  if (naming.length === 0) return [];
  return new Set(carrying.map(({ source }) => source)).size === 1 ? [...naming, ...carrying] : naming;
}
