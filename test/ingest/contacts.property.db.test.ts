import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { newId, recordId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import {
  batches,
  expectedContacts,
  hasSession,
  keyOf,
  recordOf,
  type Sent,
  withoutMadeIds,
} from "./contacts-counted.ts";

const house = useDatabase();
const ingest = useIngest(house);

async function storedContacts(): Promise<Map<string, string>> {
  const rows = await read<{ id: string; contact: string }>(
    house.db,
    sql`select id, coalesce(contact_id, id) as contact from interactions`,
  );
  return new Map(rows.map(({ id, contact }) => [id, contact]));
}

async function clear(): Promise<void> {
  await house.db.run(sql`
    with a as (delete from interactions), b as (delete from touchpoints), c as (delete from ingest_keys),
      d as (delete from revisions), e as (delete from sightings), f as (delete from assignments)
    delete from identities
  `);
}

const said: Sent = {
  name: "b",
  custid: "x",
  source: "crm",
  channel: "VOICE",
  revision: 1,
  isLeg: false,
  universalSessionId: null,
  sessionId: "s2",
  contactKey: null,
  callId: null,
  callBackSessionId: null,
};
/** A leg and a moment share a session until the moment turns out to be of the web. */
const sharedNoMore: Sent[][] = [[said], [{ ...said, isLeg: true }], [{ ...said, channel: "WEB", revision: 2 }]];

test("contacts are those of an obvious count, whatever came in which batches and in which order", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (sentBatches) => {
      await clear();
      const told = sentBatches.map((batch) => batch.filter(hasSession));

      for (const batch of told) await ingest.accept(batch.map(recordOf), { entryPoint: "test" });

      const expected = expectedContacts(told.flat());
      const stored = await storedContacts();
      expect(withoutMadeIds(stored, expected)).toEqual(withoutMadeIds(expected, stored));
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ visitsMeasured: 0, contactsTied: 0 });
    }),
    { ...draws(25), examples: [[sharedNoMore]] },
  );
});

test("withdrawing a batch gives the contacts that there would be without it", async () => {
  await fc.assert(
    fc.asyncProperty(batches, batches, batches, async (before, bad, after) => {
      await clear();
      const [kept, taken] = [before, bad].map((some) => some.flat().filter(hasSession)) as [Sent[], Sent[]];
      const batchId = newId();
      const known = new Set(taken.map(keyOf));
      const later = after.flat().filter((one) => hasSession(one) && !known.has(keyOf(one)));
      await ingest.accept(kept.map(recordOf), { entryPoint: "test" });
      await ingest.accept(taken.map(recordOf), { entryPoint: "test", batchId });
      await ingest.accept(later.map(recordOf), { entryPoint: "test" });

      if (taken.length > 0) await withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });

      const expected = expectedContacts([...kept, ...later]);
      const stored = await storedContacts();
      expect(withoutMadeIds(stored, expected)).toEqual(withoutMadeIds(expected, stored));
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ visitsMeasured: 0, contactsTied: 0 });
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

/** Calls of which each names the next one's key. */
const chained = (from: number, to: number, more: object = {}): IncomingRecord[] =>
  Array.from({ length: to - from }, (_, i) => ({
    kind: "interaction",
    body: {
      source: "acd",
      sourceId: `n${from + i}`,
      channelType: "VOICE",
      sessionStartTime: "2026-11-02T09:00:00Z",
      contactKey: `k${from + i}`,
      callBackSessionId: `k${from + i + 1}`,
      ...more,
    },
  }));

const sizes = async () => {
  const counted = new Map<string, number>();
  for (const contact of (await storedContacts()).values()) counted.set(contact, (counted.get(contact) ?? 0) + 1);
  return [...counted.values()].sort((a, b) => b - a);
};

test("a chain beyond what a contact has is none, until it breaks or is withdrawn", async () => {
  const batchId = newId();
  await ingest.accept(chained(0, 120), { entryPoint: "test" });
  await ingest.accept(chained(121, 240), { entryPoint: "test" });
  const apart = await sizes();

  await ingest.accept(chained(120, 121), { entryPoint: "test", batchId });
  const chain = await sizes();
  const mended = await rebuildAll(house.db, ingest.rules(), false);
  const revised = { revision: "2026-11-03T09:00:00Z", callBackSessionId: null };
  await ingest.accept(chained(60, 61, revised), { entryPoint: "test" });
  const broken = await sizes();
  await withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });

  expect(apart).toEqual([120, 119]);
  expect(chain).toEqual(Array(240).fill(1));
  expect(mended).toMatchObject({ contactsTied: 0 });
  expect(broken).toEqual([179, 61]);
  expect(await sizes()).toEqual([119, 61, 59]);
  expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ contactsTied: 0 });
});
