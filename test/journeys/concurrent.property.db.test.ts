import fc from "fast-check";
import { expect, test } from "vitest";
import { type Followed, follow } from "../../src/journeys/follow.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { type Act, act, perform } from "./acts.ts";
import { spelled } from "./spelled.ts";

const house = useDatabase();
const ingest = useIngest(house);

/** What names everybody would hide who is missed. */
const naming = act.filter((one) => one.act !== "rank" && one.act !== "limit");
const acts = fc.array(naming, { minLength: 4, maxLength: 8 });

test("beside four who write at once a store that follows holds at each look what one holds that is loaded afresh", async () => {
  await holds(
    fc.asyncProperty(fc.tuple(acts, acts, acts, acts), async (all) => {
      await house.empty();
      await ingest.refresh();
      let followed = await house.db.atOneInstant((snapshot) => follow(snapshot, null));
      let isOver = false;
      const doing = Promise.all(all.map(performAll)).finally(() => {
        isOver = true;
      });
      for (let isLast = false; !isLast; ) {
        isLast = isOver;
        followed = await house.db.atOneInstant(async (snapshot): Promise<Followed> => {
          const next = await follow(snapshot, followed);
          expect(spelled(next)).toEqual(spelled(await follow(snapshot, null)));
          return next;
        });
      }
      await doing;
    }),
    draws(5, 20_000),
  );
});

/** Whoever is in another's way gives that act up. */
async function performAll(mine: readonly Act[]): Promise<void> {
  for (const one of mine) {
    await perform({ house, ingest }, one).catch((error) => {
      if (!["40001", "40P01", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
    });
  }
}
