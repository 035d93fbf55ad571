import { expect, test } from "vitest";
import type { Db } from "../../src/db/client.ts";
import { int, row } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { planOf } from "./plan.ts";

const house = useDatabase();
const Stored = row({ id: int });
const add = (db: Db, id: number) => db.run(sql`insert into items values (${id}, 'URL', '/', '')`);
const addByOrm = (db: Db, id: number) => db.orm.item.create({ data: { id, kind: "URL", name: "/", section: "" } });
const ids = async (db: Db = house.db) =>
  (await db.rows(Stored, sql`select id from items order by id`)).map(({ id }) => id);
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

test("what goes on beside a statement that failed commits nothing afterwards", async () => {
  let late: Promise<unknown> = Promise.resolve();
  const slow = async (tx: Db) => {
    await tx.run(sql`select 1`);
    await pause();
    return add(tx, 2);
  };
  const failed = house.db.transaction(async (tx) => {
    late = slow(tx);
    late.catch(() => {});
    await Promise.all([late, add(tx, 1), tx.run(sql`select 1 / 0`)]);
  });

  await expect(failed).rejects.toThrow("division by zero");
  await expect(late).rejects.toThrow("The transaction is over.");
  expect(await ids()).toEqual([]);
});

test("a failure that nobody minded is no commit", async () => {
  const ignoring = house.db.transaction(async (tx) => {
    await add(tx, 1);
    await tx.run(sql`select 1 / 0`).catch(() => {});
  });

  await expect(ignoring).rejects.toThrow("rolled back");
  expect(await ids()).toEqual([]);
});

test("a long transaction may read a table from end to end, a short one looks rows up by index", async () => {
  await house.db.run(sql`insert into items select n, 'URL', '/', '' from generate_series(1, 100) n`);
  await house.db.run(sql`analyze items`);
  const plan = (tx: Db) => planOf(tx, sql`select name from items where id >= 0`);

  expect(await house.db.longTransaction(plan)).toContain("Seq Scan");
  expect(await house.db.transaction(plan)).not.toContain("Seq Scan");
});

test("a hot statement is planned by index although its table is small, any other for its values", async () => {
  await house.db.run(sql`insert into items select n, 'URL', '/', '' from generate_series(1, 100) n`);
  await house.db.run(sql`analyze items`);
  const statement = sql`select name from items where id >= 0`;

  expect(await planOf(house.db.hot("test.plan"), statement)).not.toContain("Seq Scan");
  expect(await planOf(house.db, statement)).toContain("Seq Scan");
});

test.each(["transaction", "longTransaction"] as const)("Prisma Client is part of a %s that is open", async (kind) => {
  const failed = house.db[kind](async (tx) => {
    await add(tx, 1);
    await addByOrm(tx, 2);
    expect(await tx.orm.item.count()).toBe(2);
    expect(await ids(tx)).toEqual([1, 2]);
    expect(await house.db.orm.item.count()).toBe(0);
    throw new Error("changed my mind");
  });
  await expect(failed).rejects.toThrow("changed my mind");
  expect(await ids()).toEqual([]);

  await house.db[kind](async (tx) => {
    await addByOrm(tx, 3);
    await add(tx, 4);
  });
  expect(await ids()).toEqual([3, 4]);
});

test("transactions side by side each have a Prisma Client of their own", async () => {
  const idsSeen = await house.db.transaction((one) =>
    house.db.transaction(async (other) => {
      await Promise.all([addByOrm(one, 1), addByOrm(other, 2)]);
      const find = (tx: Db, id: number) => tx.orm.item.findUnique({ where: { id }, select: { id: true } });
      return Promise.all([find(one, 1), find(one, 2), find(other, 1), find(other, 2)]);
    }),
  );

  expect(idsSeen).toEqual([{ id: 1n }, null, null, { id: 2n }]);
  expect(await ids()).toEqual([1, 2]);
});

test("Prisma Client refuses what comes after the transaction", async () => {
  let kept: Db | undefined;
  await house.db.transaction(async (tx) => {
    kept = tx;
    await addByOrm(tx, 1);
  });

  await expect(addByOrm(kept!, 2)).rejects.toThrow();
  expect(await ids()).toEqual([1]);
});

test("a failure of Prisma Client that nobody minded is no commit", async () => {
  await addByOrm(house.db, 1);
  const ignoring = house.db.transaction(async (tx) => {
    await addByOrm(tx, 2);
    await addByOrm(tx, 1).catch(() => {});
  });

  await expect(ignoring).rejects.toThrow("rolled back");
  expect(await ids()).toEqual([1]);
});
