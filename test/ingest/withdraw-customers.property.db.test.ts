import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { type Body, emptyCustomers, history, recordOf, whoIsWho } from "./stating.ts";

const house = useDatabase();
const ingest = useIngest(house);

test("without some batches the records are what they are when these are withdrawn", async () => {
  const withdrawn = history.chain((told) =>
    fc.record({
      births: fc.constant(told.births),
      bodies: fc.shuffledSubarray(told.bodies, { minLength: told.bodies.length }),
      cuts: fc.constant(told.cuts),
      isKept: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    }),
  );
  const distinct = withdrawn.filter(({ births, bodies }) => {
    const records = [...births, ...bodies].map((body) => JSON.stringify(recordOf(body)));
    return new Set(records).size === records.length;
  });
  await holds(
    fc.asyncProperty(distinct, async ({ births, bodies, cuts: sizes, isKept }) => {
      const rest = [...bodies];
      const batches = [births as Body[]];
      while (rest.length > 0) batches.push(rest.splice(0, sizes[batches.length % sizes.length]));
      const all = batches.map((bodies, i) => ({ id: numbered(i), bodies, isKept: i === 0 || isKept[i - 1]! }));
      const [kept, bad] = [all.filter((batch) => batch.isKept), all.filter((batch) => !batch.isKept)];

      await emptyCustomers(house);
      for (const { id: batchId, bodies } of kept)
        await ingest.accept(bodies.map(recordOf), { entryPoint: "test", batchId });
      const without = await evidence();
      await emptyCustomers(house);
      for (const { id: batchId, bodies } of all)
        await ingest.accept(bodies.map(recordOf), { entryPoint: "test", batchId });
      for (const { id } of bad) await withdrawBatch(house.db, id, { by: "test", rules: ingest.rules() });

      expect(await evidence()).toEqual(without);
      const { reassigned, rowsMoved } = await rebuild(house.db, ingest.rules(), false);
      expect({ reassigned, rowsMoved }).toEqual({ reassigned: 0, rowsMoved: 0 });
      for (const { id } of kept) await withdrawBatch(house.db, id, { by: "test", rules: ingest.rules() });
      expect(await evidence()).toEqual({ records: [], sightings: [], keys: [], statements: [], whose: [] });
    }),
    draws(10, 10_000),
  );
});

const numbered = (i: number) => `00000000-0000-8000-8000-00000000000${i}`;

/** All that is stored of customer records, but for when, and ids that chance made. */
async function evidence() {
  return {
    records: await read(
      house.db,
      sql`select to_jsonb(r) - 'ingested_at' - 'customer_id' as record from customer_records r order by r.id`,
    ),
    sightings: await read(
      house.db,
      sql`select identity_id, at, subject_id, record_id from sightings order by 1, 2, 3, 4`,
    ),
    keys: await read(house.db, sql`select to_jsonb(k) as key from ingest_keys k order by k.id`),
    statements: await read(
      house.db,
      sql`select (to_jsonb(r) - 'kept_at') #- '{body,place}' as revision from revisions r order by r.record_id, r.body_hash`,
    ),
    whose: await whoIsWho(house),
  };
}
