import fc from "fast-check";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { recordId } from "../../src/kit/id.ts";

// Contacts by an obvious count: what was stored last under each key, and labels that spread until none changes.

/** A leg, or a moment of a visit, with few keys of few values. */
export interface Sent {
  name: string;
  /** Whose it is; a newer revision may say otherwise. */
  custid: string;
  source: string;
  channel: string;
  revision: number;
  isLeg: boolean;
  universalSessionId: string | null;
  sessionId: string | null;
  contactKey: string | null;
  callId: string | null;
  callBackSessionId: string | null;
}

const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 2 });
const sent: fc.Arbitrary<Sent> = fc.record({
  name: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
  custid: fc.constantFrom("x", "y"),
  source: fc.constantFrom("acd", "crm"),
  channel: fc.constantFrom("VOICE", "VOICE", "IVR", "WEB"),
  revision: fc.integer({ min: 1, max: 3 }),
  isLeg: fc.boolean(),
  universalSessionId: maybe("u1", "u2", "u3"),
  sessionId: maybe("s1", "s2", "a"),
  contactKey: maybe("s1", "k1", "k2"),
  callId: maybe("a", "b"),
  callBackSessionId: fc.option(fc.constantFrom("s1", "u1", "c"), { freq: 1 }),
});
export const batches = fc.array(fc.array(sent, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

export function recordOf(one: Sent): IncomingRecord {
  const { name, custid, source, channel, revision, universalSessionId, sessionId } = one;
  const at = Date.UTC(2026, 10, 2, 9, name.charCodeAt(0) - 97);
  const body = {
    source,
    sourceId: name,
    revision: Date.UTC(2026, 10, 3, revision),
    identities: [{ namespace: "custid", value: custid }],
    universalSessionId,
    sessionId,
  };
  if (!one.isLeg) return { kind: "touchpoint", body: { ...body, occurredAt: at, channel, kind: "OTHER" } };
  const { contactKey, callId, callBackSessionId } = one;
  return {
    kind: "interaction",
    body: { ...body, channelType: channel, sessionStartTime: at, contactKey, callId, callBackSessionId },
  };
}

/** What was stored last under each key, as rows: a leg is one, moments with a session are one visit. */
function rowsOf(all: readonly Sent[]): Map<string, Sent[]> {
  const shown = new Map<string, Sent>();
  for (const one of all) {
    const known = shown.get(keyOf(one));
    if (!known || one.revision > known.revision) shown.set(keyOf(one), one);
  }
  const rows = new Map<string, Sent[]>();
  for (const one of shown.values()) {
    const id = idOf(one);
    rows.set(id, [...(rows.get(id) ?? []), one]);
  }
  return new Map([...rows].map(([id, told]) => [id, told.filter((one) => !isToldByALeg(one, told))]));
}

/** Touchpoints have no visit where their sender reports the same session of the same customer as a leg. */
function isToldByALeg(one: Sent, told: readonly Sent[]): boolean {
  return !one.isLeg && told.some(({ isLeg, custid }) => isLeg && custid === one.custid);
}

export const keyOf = ({ isLeg, source, name }: Sent): string => `${isLeg} ${source} ${name}`;

const idOf = ({ isLeg, source, name, sessionId }: Sent): string =>
  recordId("interaction", source, isLeg ? name : (sessionId ?? `no session ${name}`));

/** What one row shares with the others of its contact, as words. */
function wordsOf(one: Sent): { shared: string[]; carries: string[]; names: string[] } {
  const { source, channel, isLeg } = one;
  const own = (value: string | null) => (value === null ? [] : [`${source}: ${value}`]);
  const universal = (value: string | null) => (value === null ? [] : [`everywhere: ${value}`]);
  const session = channel === "WEB" ? null : one.sessionId;
  if (!isLeg) return { shared: [...own(session), ...universal(one.universalSessionId)], carries: [], names: [] };
  return {
    shared: [
      ...own(one.contactKey ?? session),
      ...own(one.callBackSessionId),
      ...universal(one.universalSessionId),
      ...universal(one.callBackSessionId),
    ],
    carries: channel === "VOICE" && one.callId === null ? [one.name, one.contactKey ?? one.name] : [],
    names: one.callId === null ? [] : [one.callId],
  };
}

/** Slow and obvious: labels spread from row to row until none changes. */
export function expectedContacts(all: readonly Sent[]): Map<string, string> {
  const rows = [...rowsOf(all)].map(([id, told]) => ({ id, source: told[0]!.source, words: told.map(wordsOf) }));
  const has = (row: (typeof rows)[number], part: "shared" | "carries" | "names", word: string) =>
    row.words.some((words) => words[part].includes(word));
  const areTied = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    a.words.some(
      ({ shared, names }) =>
        shared.some((word) => has(b, "shared", word)) ||
        names.some((call) => {
          if (has(b, "names", call)) return true;
          const carriers = rows.filter((row) => has(row, "carries", call));
          return has(b, "carries", call) && new Set(carriers.map(({ source }) => source)).size === 1;
        }),
    );
  const labels = new Map(rows.map(({ id }) => [id, id]));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const a of rows) {
      for (const b of rows) {
        if (labels.get(b.id)! >= labels.get(a.id)! || !(areTied(a, b) || areTied(b, a))) continue;
        labels.set(a.id, labels.get(b.id)!);
        isChanged = true;
      }
    }
  }
  return labels;
}

/** Visits without a session have an id of the subject's day: they are compared as alone. */
export function withoutMadeIds(contacts: Map<string, string>, known: Map<string, string>): string[] {
  return [...contacts]
    .filter(([id]) => known.has(id))
    .map(([id, contact]) => `${id} ${known.has(contact) ? contact : "alone"}`)
    .sort();
}

export const hasSession = ({ isLeg, sessionId, universalSessionId }: Sent) =>
  isLeg || sessionId !== null || universalSessionId === null;
