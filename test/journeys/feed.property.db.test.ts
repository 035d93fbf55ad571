import fc from "fast-check";
import { expect, test } from "vitest";
import { readChanges } from "../../src/journeys/changes.repository.ts";
import type { Seen } from "../../src/journeys/changes.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { act, perform } from "./acts.ts";
import { differing, pictureOf } from "./picture.ts";

const house = useDatabase();
const ingest = useIngest(house);

/** What the feed says since a look, and how everybody looks at that instant. */
const look = (last: Seen | null) =>
  house.db.atOneInstant(async (snapshot) => ({
    ...(await readChanges(snapshot, last)),
    picture: await pictureOf(snapshot),
  }));

test("after any act the feed names every customer who looks otherwise than before", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 16 }), async (acts) => {
      await house.empty();
      await ingest.refresh();
      let last = await look(null);
      for (const one of acts) {
        await perform({ house, ingest }, one);
        const next = await look(last.seen);
        const { changed } = next;
        const missed = differing(last.picture, next.picture).filter(
          (id) => changed !== "EVERYTHING" && !changed.has(id),
        );
        expect({ one, missed }).toEqual({ one, missed: [] });
        last = next;
      }
    }),
    draws(30, 30_000),
  );
});
