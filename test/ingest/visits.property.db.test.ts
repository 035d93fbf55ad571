import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { batches, expectedVisits, keyOf, recordOf, type Said, storedVisits, TIMEOUTS } from "./visits-counted.ts";

const house = useDatabase();
const ingest = useIngest(house);

async function prepare(): Promise<void> {
  await house.empty();
  await saveSource(house.db, { ...settingsOf(ingest.rules(), "shop"), visitTimeoutMinutes: TIMEOUTS.shop! });
  await ingest.refresh();
}
beforeEach(prepare);

const send = (all: readonly Said[], batchId = newId()) =>
  ingest.accept(all.map(recordOf), { entryPoint: "test", batchId });

/** What a rebuild changes: nothing of visits and contacts. */
const UNCHANGED = { visitsCut: 0, visitsMeasured: 0, contactsTied: 0 };

/** Each record once, as it was said last. */
const once = (all: readonly Said[]) => [...new Map(all.map((one) => [keyOf(one), one])).values()];

test("visits are those of an obvious count, whatever came in which batches and in which order", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (told) => {
      await prepare();

      for (const batch of told) await send(batch);

      expect(await storedVisits(house.db)).toEqual(expectedVisits(told.flat()));
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject(UNCHANGED);
    }),
    draws(25),
  );
});

test("withdrawing a batch gives the visits that there would be without it", async () => {
  await fc.assert(
    fc.asyncProperty(batches, batches, batches, async (before, bad, after) => {
      await prepare();
      const [kept, taken] = [before.flat(), bad.flat()];
      const known = new Set(taken.map(keyOf));
      const later = after.flat().filter((one) => !known.has(keyOf(one)));
      const batchId = newId();
      await send(kept);
      await send(taken, batchId);
      await send(later);

      await withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });

      expect(await storedVisits(house.db)).toEqual(expectedVisits([...kept, ...later]));
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject(UNCHANGED);
    }),
    draws(12),
  );
});

/** The page that it began with comes last, and is another customer's than the call. */
const ACROSS_A_LOG_IN = (
  [
    { name: "a", custid: "y", source: "web", minute: 1, as: "call" },
    { name: "g", custid: "y", source: "shop", minute: 1, as: "page of a session" },
    { name: "h", custid: "x", source: "shop", minute: 0, as: "page of a session" },
  ] as const
).map((said) => ({ ...said, revision: 1, lasts: 0, channel: "WEB" as const, device: null, universalSessionId: null }));

test("calls come out of the visits that there are in the end", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (told) => {
      await prepare();

      for (const one of once(told.flat())) await send([one]);

      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ ...UNCHANGED, callsRematched: 0 });
    }),
    { ...draws(12), examples: [[[ACROSS_A_LOG_IN]]] },
  );
});

test("writers at once give the visits that one after another gives", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (told) => {
      await prepare();
      // Which version is shown where two come at once is for the ledger to say.
      const all = once(told.flat());

      await Promise.all(all.map((one) => send([one])));

      expect(await storedVisits(house.db)).toEqual(expectedVisits(all));
      expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ ...UNCHANGED });
    }),
    draws(12),
  );
});
