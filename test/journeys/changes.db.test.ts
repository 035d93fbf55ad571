import { beforeEach, expect, test } from "vitest";
import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { customersOf, recordAnyChange, recordChanges } from "../../src/identity/changes.repository.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { readChanges } from "../../src/journeys/changes.repository.ts";
import type { Seen } from "../../src/journeys/changes.ts";
import { forgetChanges, forgetForeignChanges } from "../../src/journeys/floor.repository.ts";
import { newId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);
const look = (last: Seen | null) => house.db.atOneInstant((snapshot) => readChanges(snapshot, last));
const record = (db: Db, customer: string) => recordChanges(db, customersOf([customer]));
const NOON = Date.UTC(2026, 9, 1, 12);
const at = (minute: number) => new Date(NOON + minute * 60_000);

let start: Seen;
beforeEach(async () => {
  start = (await look(null)).seen;
});

test("who never looked reads everything, and then each change once", async () => {
  const [ann, bob] = [newId(), newId()];
  await record(house.db, ann);
  await record(house.db, bob);

  const first = await look(null);
  const second = await look(start);
  const third = await look(second.seen);

  expect(first.changed).toBe("EVERYTHING");
  expect(second.changed).toEqual(new Set([ann, bob]));
  expect(third.changed).toEqual(new Set());
});

test("a change whose transaction was open at the last look is told at the next, and one that is rolled back never", async () => {
  const [ann, bob, cat] = [newId(), newId(), newId()];
  let between = start;
  await house.db.transaction(async (tx) => {
    await record(tx, ann);
    await record(house.db, bob);
    between = (await look(start)).seen;
  });
  await house.db.transaction((tx) => record(tx, cat).then(() => Promise.reject(new Error("no")))).catch(() => {});

  const { changed } = await look(between);

  expect(changed).toEqual(new Set([ann]));
});

test("an entry that names nobody stands for all", async () => {
  await record(house.db, newId());
  await recordAnyChange(house.db);

  const { changed, seen } = await look(start);

  expect(changed).toBe("EVERYTHING");
  expect((await look(seen)).changed).toEqual(new Set());
});

test("a change of more customers than can be named stands for all", async () => {
  const some = (count: number) =>
    recordChanges(house.db, sql`select gen_random_uuid() as customer_id from generate_series(1, ${count}::int)`);
  await some(100_000);
  const named = await look(start);
  await some(100_001);

  const { changed } = await look(named.seen);

  expect((named.changed as ReadonlySet<string>).size).toBe(100_000);
  expect(changed).toBe("EVERYTHING");
});

test("texts that were erased are told as numbers of the dictionary", async () => {
  const [one, other] = [2n ** 63n - 1n, -7n];
  await house.db.run(
    sql`insert into customer_changes (customers, texts) values ('{}', ${[String(one), String(other)]}::bigint[])`,
  );

  const { changed, erasedTexts } = await look(start);

  expect(changed).toEqual(new Set());
  expect(new Set(erasedTexts)).toEqual(new Set([other, one]));
});

test("how far a source is believed, and whose orders it tells of, may change anybody", async () => {
  const settings = settingsOf(ingest.rules(), "crm");
  await saveSource(house.db, settings);
  const same = await look(start);
  await saveSource(house.db, { ...settings, rank: 1 });

  const ranked = await look(same.seen);
  await saveSource(house.db, { ...settings, rank: 1, transactionIssuer: "shop" });
  const issued = await look(ranked.seen);

  expect(same.changed).toEqual(new Set());
  expect(ranked.changed).toBe("EVERYTHING");
  expect(issued.changed).toBe("EVERYTHING");
});

test("what commits while a reader looks is told at its next look", async () => {
  const ann = newId();

  const during = await house.db.atOneInstant(async (snapshot) => {
    await read(snapshot, sql`select`);
    await record(house.db, ann);
    return readChanges(snapshot, start);
  });
  const after = await look(during.seen);

  expect(during.changed).toEqual(new Set());
  expect(after.changed).toEqual(new Set([ann]));
});

test("changes are deleted once an hour has passed since their end, and whoever has not looked since reads everything", async () => {
  const [ann, bob] = [newId(), newId()];
  await record(house.db, ann);
  await forgetChanges(house.db, at(0));
  await record(house.db, bob);
  const kept = (await look(start)).seen;
  await forgetChanges(house.db, at(59));
  const early = await look(start);
  await forgetChanges(house.db, at(60));

  const late = await look(start);
  const followed = await look(kept);

  expect(early.changed).toEqual(new Set([ann, bob]));
  expect(late.changed).toBe("EVERYTHING");
  expect(followed.changed).toEqual(new Set());
  expect(await read(house.db, sql`select customers from customer_changes`)).toEqual([{ customers: [bob] }]);
});

test("a transaction that stays open for hours is told of, and stops nobody from following", async () => {
  const [ann, bob] = [newId(), newId()];
  let seen = start;
  await house.db.transaction(async (tx) => {
    await record(tx, ann);
    for (let minute = 0; minute <= 240; minute += 60) {
      await record(house.db, bob);
      await forgetChanges(house.db, at(minute));
      const followed = await look(seen);
      expect(followed.changed).toEqual(new Set([bob]));
      seen = followed.seen;
    }
  });

  const { changed } = await look(seen);

  expect(changed).toEqual(new Set([ann]));
});

test("what a dump brought along from another cluster is deleted at the start, and nothing of this one", async () => {
  const [ann, bob] = [newId(), newId()];
  await forgetChanges(house.db, at(0));
  await record(house.db, ann);
  await house.db.run(sql`
    insert into customer_changes (xid, customers)
    select (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000)::text::xid8, array[${bob}::uuid]
  `);
  await house.db.run(sql`insert into change_snapshots values ('900000000:900000000:', now(), true)`);

  await forgetForeignChanges(house.db);

  const { changed } = await look(start);
  expect(changed).toEqual(new Set([ann]));
});
