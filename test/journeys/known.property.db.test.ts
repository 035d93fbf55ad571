import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { findNow } from "../../src/identity/verdicts.repository.ts";
import { follow } from "../../src/journeys/follow.ts";
import { showKnownAt } from "../../src/journeys/known.repository.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { act, perform } from "./acts.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);
vi.setConfig({ testTimeout: 120_000 });

const now = () => house.db.atOneInstant(async (snapshot) => spelled(await follow(snapshot, null)));
const knownAt = (at: Date) =>
  house.db.atOneInstant(async (snapshot) => {
    await showKnownAt(snapshot, at);
    return spelled(await follow(snapshot, null));
  });

/** How far a source is believed is read as it is today. */
const written = act.filter((one) => one.act !== "rank");

test("a store that is loaded as of an instant holds what one held that was loaded then", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 3, maxLength: 16 }), async (acts) => {
      await house.empty();
      await ingest.refresh();
      const kept: { at: Date; one: unknown; rows: unknown }[] = [];

      for (const one of acts) {
        await perform({ house, ingest }, one);
        await pause();
        kept.push({ at: await findNow(house.db), one, rows: await now() });
        await pause();
      }

      for (const { at, one, rows } of kept) expect({ one, rows: await knownAt(at) }).toEqual({ one, rows });
    }),
    draws(8),
  );
});

/** Instants are stored to the millisecond. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
