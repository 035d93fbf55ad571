import { expect, test } from "vitest";
import type { Db } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";

const house = useDatabase();
const add = (db: Db, id: number) => db.query(sql`insert into items values (${id}, 'URL', '/', '')`);
const ids = async () => (await house.db.query<{ id: number }>(sql`select id from items`)).map(({ id }) => id);

test("what goes on beside a statement that failed commits nothing afterwards", async () => {
  let late: Promise<unknown> = Promise.resolve();
  const slow = async (tx: Db) => {
    await tx.query(sql`select 1`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return add(tx, 2);
  };
  const failed = house.db.transaction(async (tx) => {
    late = slow(tx);
    late.catch(() => {});
    await Promise.all([late, add(tx, 1), tx.query(sql`select 1 / 0`)]);
  });

  await expect(failed).rejects.toThrow("division by zero");
  await expect(late).rejects.toThrow("The transaction is over.");
  expect(await ids()).toEqual([]);
});

test("a failure that nobody minded is no commit", async () => {
  const ignoring = house.db.transaction(async (tx) => {
    await add(tx, 1);
    await tx.query(sql`select 1 / 0`).catch(() => {});
  });

  await expect(ignoring).rejects.toThrow("rolled back");
  expect(await ids()).toEqual([]);
});
