import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { newId, recordId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);
vi.setConfig({ testTimeout: 120_000 });

/** A leg, or a moment of a visit, with few keys of few values. */
interface Sent {
  name: string;
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
const batches = fc.array(fc.array(sent, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

function recordOf(one: Sent): IncomingRecord {
  const { name, source, channel, revision, universalSessionId, sessionId } = one;
  const at = Date.UTC(2026, 10, 2, 9, name.charCodeAt(0) - 97);
  const body = {
    source,
    sourceId: name,
    revision: Date.UTC(2026, 10, 3, revision),
    identities: [{ namespace: "custid", value: name }],
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
    const key = `${one.isLeg} ${one.source} ${one.name}`;
    const known = shown.get(key);
    if (!known || one.revision > known.revision) shown.set(key, one);
  }
  const rows = new Map<string, Sent[]>();
  for (const one of shown.values()) {
    const id = idOf(one);
    rows.set(id, [...(rows.get(id) ?? []), one]);
  }
  return rows;
}

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
function expectedContacts(all: readonly Sent[]): Map<string, string> {
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

async function storedContacts(): Promise<Map<string, string>> {
  const rows = await read<{ id: string; contact: string }>(
    house.db,
    sql`select id, coalesce(contact_id, id) as contact from interactions`,
  );
  return new Map(rows.map(({ id, contact }) => [id, contact]));
}

/** Visits without a session have an id of the subject's day: they are compared as alone. */
function withoutMadeIds(contacts: Map<string, string>, known: Map<string, string>): string[] {
  return [...contacts]
    .filter(([id]) => known.has(id))
    .map(([id, contact]) => `${id} ${known.has(contact) ? contact : "alone"}`)
    .sort();
}

const hasSession = ({ isLeg, sessionId, universalSessionId }: Sent) =>
  isLeg || sessionId !== null || universalSessionId === null;

async function clear(): Promise<void> {
  await house.db.run(sql`
    with a as (delete from interactions), b as (delete from touchpoints), c as (delete from ingest_keys),
      d as (delete from revisions), e as (delete from sightings), f as (delete from assignments)
    delete from identities
  `);
}

test("contacts are those of an obvious count, whatever came in which batches and in which order", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (sentBatches) => {
      await clear();
      const told = sentBatches.map((batch) => batch.filter(hasSession));

      for (const batch of told) await ingest.accept(batch.map(recordOf), { entryPoint: "test" });

      const expected = expectedContacts(told.flat());
      const stored = await storedContacts();
      expect(withoutMadeIds(stored, expected)).toEqual(withoutMadeIds(expected, stored));
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ contactsTied: 0 });
    }),
    draws(25),
  );
});

test("withdrawing a batch gives the contacts that there would be without it", async () => {
  await fc.assert(
    fc.asyncProperty(batches, batches, batches, async (before, bad, after) => {
      const legs = (some: Sent[][]) => some.flat().filter(({ isLeg }) => isLeg);
      await clear();
      const batchId = newId();
      const badLegs = [...new Map(legs(bad).map((one) => [one.source + one.name, one])).values()];
      await ingest.accept(legs(before).map(recordOf), { entryPoint: "test" });
      await ingest.accept(badLegs.map(recordOf), { entryPoint: "test", batchId });
      const isNew = ({ source, name }: Sent) => !badLegs.some((one) => one.source === source && one.name === name);
      const later = legs(after).filter(isNew);
      await ingest.accept(later.map(recordOf), { entryPoint: "test" });

      if (badLegs.length > 0) await withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });

      const expected = expectedContacts([...legs(before), ...later]);
      expect([...(await storedContacts())].sort()).toEqual([...expected].sort());
    }),
    draws(12),
  );
});

test("two writers of one contact wait for each other, and it is one contact", async () => {
  const legs = (prefix: string, contactKey: string, universalSessionId: string | null): IncomingRecord[] =>
    Array.from({ length: 4 }, (_, i) => ({
      kind: "interaction",
      body: {
        source: "acd",
        sourceId: `${prefix}${i}`,
        channelType: "VOICE",
        sessionStartTime: "2026-11-02T09:00:00Z",
        contactKey: i === 0 ? contactKey : null,
        universalSessionId: i === 0 ? universalSessionId : `${prefix}${i}`,
      },
    }));
  const parts = [
    legs("x", "k1", "u1"),
    legs("y", "k2", "u1"),
    legs("z", "k2", "u2"),
    legs("w", "k3", "u2"),
    legs("v", "k3", null),
  ];

  await Promise.all(parts.flat().map((leg) => ingest.accept([leg], { entryPoint: "test" })));

  const contacts = await storedContacts();
  const ids = ["x", "y", "z", "w", "v"].map((prefix) => recordId("interaction", "acd", `${prefix}0`));
  expect(new Set(ids.map((id) => contacts.get(id)))).toEqual(new Set([ids.sort()[0]]));
  expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ contactsTied: 0 });
});
