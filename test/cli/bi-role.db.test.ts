import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { grantBiRole } from "../../src/cli/bi-role.ts";
import { sql } from "../../src/db/sql.ts";
import { administer } from "../kit/clone.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
// Roles belong to the whole server, which other test files use as well.
const name = `bi_${randomBytes(6).toString("hex")}`;

afterEach(async () => {
  await administer(house.url, `drop owned by ${name}`).catch(() => {});
  await administer(house.url, `drop role if exists ${name}`);
});

test("a role for dashboards reads the views of bi, and no table, whatever it tries", async () => {
  await house.db.run(sql`insert into items values (1, 'PAGE_VIEW', '/', '')`);
  const tables = await read<{ name: string }>(
    house.db,
    sql`
      select c.oid::regclass::text as name
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('bi', 'information_schema')
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_'
    `,
  );
  expect(tables.map((table) => table.name)).toEqual(
    expect.arrayContaining(["history", "known.identities", "known.interactions", "api_keys", "customers"]),
  );
  const client = await login((await grantBiRole(house.db, name)).password);

  expect((await client.query("select count(*)::int as rows from car, bi.jar")).rows).toEqual([{ rows: 0 }]);
  for (const table of tables) {
    const named = table.name.includes(".") ? table.name : `public.${table.name}`;
    expect(await codeOf(client.query(`select from ${named} limit 1`)), named).toBe("42501");
  }
  await client.query("set default_transaction_read_only = off");
  expect(await codeOf(client.query("delete from public.items"))).toBe("42501");
  expect(await codeOf(client.query("create table public.mine (a int)"))).toBe("42501");
  expect(await codeOf(client.query("create table bi.mine (a int)"))).toBe("42501");
  expect(await codeOf(client.query(`alter role ${name} createrole`))).toBe("42501");
  expect(await codeOf(client.query("select pg_read_file('/etc/hostname')"))).toBe("42501");
  for (const lock of ["pg_advisory_lock(360)", "pg_try_advisory_lock(1, 2)", "pg_advisory_xact_lock_shared(1)"]) {
    expect(await codeOf(client.query(`select ${lock}`)), lock).toBe("42501");
  }
  expect(await codeOf(client.query("select lo_create(0)"))).toBe("42501");
  expect(await codeOf(client.query("create temp table mine (a int)"))).toBe("42501");
  await client.end();
});

test("it reads the views of a later version too", async () => {
  const { password } = await grantBiRole(house.db, name);
  await house.db.run(sql`create view bi.later as select 360 as days`);

  const client = await login(password);
  expect((await client.query("select * from bi.later")).rows).toEqual([{ days: 360 }]);

  await client.end();
  await house.db.run(sql`drop view bi.later`);
});

test("asked again, it has a new password, and the old one is refused", async () => {
  const first = await grantBiRole(house.db, name);
  const second = await grantBiRole(house.db, name);

  expect(await codeOf(login(first.password))).toBe("28P01");
  await (await login(second.password)).end();
});

test("a role that was not made here is left alone, and so is a name that needs quotes", async () => {
  await administer(house.url, `create role ${name} superuser`);

  await expect(grantBiRole(house.db, name)).rejects.toMatchObject({ code: "CONFLICT" });
  for (const odd of ["", "Power BI", 'x"; drop table items; --', "pg_read_all_data"]) {
    await expect(grantBiRole(house.db, odd)).rejects.toMatchObject({ code: "BAD_INPUT" });
  }
});

async function login(password: string): Promise<pg.Client> {
  const url = new URL(house.url);
  url.username = name;
  url.password = password;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
}
