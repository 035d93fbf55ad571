import { randomBytes } from "node:crypto";
import { expect, inject, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { diff, migrate, pendingMigrations } from "../../src/db/migrate.ts";
import { sql } from "../../src/db/sql.ts";
import { administer, urlOf } from "../kit/clone.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";
import { startChild } from "./children/start.ts";

const house = useDatabase();

test("the migrations lead to exactly what schema.prisma says", async () => {
  expect(await diff(house.url)).toBe("");
});

test("says how schema.prisma and a database that somebody changed differ", async () => {
  await house.db.run(sql`alter table items add column colour text`);

  expect(await diff(house.url)).toContain('DROP COLUMN "colour"');

  await house.db.run(sql`alter table items drop column colour`);
});

test("two processes that migrate at once apply each migration once", async () => {
  await inNewDatabase(async (url) => {
    const children = await Promise.all([1, 2].map(() => startChild<string[]>("migrate.ts", url)));

    const applied = children.flatMap(({ said }) => said);
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied).size).toBe(applied.length);
    expect(await migrate(url)).toEqual([]);
  });
});

test("a database is behind until it has been migrated", async () => {
  await inNewDatabase(async (url) => {
    const db = openDatabase({ url });

    const before = await pendingMigrations(db);
    await migrate(url);
    const after = await pendingMigrations(db);

    expect(before).toContain("20261130160000_baseline");
    expect(after).toEqual([]);
    await db.close();
  });
});

test("a database that was made before 0.1.0 is refused with the remedy, and left as it was", async () => {
  await inNewDatabase(async (url) => {
    const db = openDatabase({ url });
    await migrate(url);
    await db.run(sql`update _prisma_migrations set migration_name = '20261120000000_kernel'`);
    const told = () => read(db, sql`select * from _prisma_migrations`);
    const before = await told();

    const refusal = await migrate(url).catch((error: Error) => error);

    expect(refusal).toMatchObject({ code: "CONFLICT", message: expect.stringContaining("another DATA_DIR") });
    expect(await told()).toEqual(before);
    await db.close();
  });
});

test("a database of something else is refused, and left as it was", async () => {
  await inNewDatabase(async (url) => {
    const db = openDatabase({ url });
    await db.run(sql`create table songs (name text)`);

    await expect(migrate(url)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("an empty one"),
    });
    expect(await read(db, sql`select tablename as name from pg_tables where schemaname = 'public'`)).toEqual([
      { name: "songs" },
    ]);
    await db.close();
  });
});

async function inNewDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const { adminUrl, name } = inject("template");
  const fresh = `${name}_${randomBytes(4).toString("hex")}`;
  await administer(adminUrl, `create database ${fresh}`);
  await work(urlOf(adminUrl, fresh)).finally(() => administer(adminUrl, `drop database ${fresh} with (force)`));
}
