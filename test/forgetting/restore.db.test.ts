import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, inject, test } from "vitest";
import { openApp } from "../../src/app.ts";
import { restoreBackup } from "../../src/db/backup/restore-backup.ts";
import { writeBackup } from "../../src/db/backup/write-backup.ts";
import { openDatabase } from "../../src/db/client.ts";
import { row, text } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { administer, cloneDatabase, urlOf } from "../kit/clone.ts";
import { placesOf } from "./scan.ts";
import { openSystemPostgres } from "./system-postgres.ts";

const SECRET = "the secret of this drill, of more than 32 characters";
const HERS = ["ann-4711", "Ann Stone", "/orders/ann", "a note of hers"];
const home = mkdtempSync(join(tmpdir(), "c360-restore-"));
const ledger = join(home, "erasures.ndjson");
const template = inject("template");
const made: string[] = [];

afterEach(async () => {
  for (const name of made.splice(0))
    await administer(template.adminUrl, `drop database if exists ${name} with (force)`);
  for (const entry of readdirSync(home)) rmSync(join(home, entry), { recursive: true });
});

/** A server over a database, for as long as `work` takes. */
async function serving<Answer>(url: string, work: (ask: Ask) => Promise<Answer>): Promise<Answer> {
  const app = await openApp(configFor(url, { C360_SECRET: SECRET, C360_ERASURE_LEDGER: ledger }), openLog("silent"));
  const ask = async (path: string, body: object) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` };
    return (await fetch(`${app.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  try {
    return await work(ask as Ask);
  } finally {
    await app.stop();
  }
}
// biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what it gets
type Ask = (path: string, body: object) => Promise<any>;

const ann = { namespace: "custid", value: "ann-4711" };
const bob = { namespace: "custid", value: "bob-4712" };

/** Two customers, with an odd text, an amount and an end of time. */
async function fill(ask: Ask): Promise<void> {
  const stated = { source: "crm", observedAt: "2026-11-20T08:00:00Z" };
  await ask("/v1/customers", {
    ...stated,
    sourceId: "1",
    identities: [ann],
    displayName: "Ann Stone",
    extra: { said: "a note of hers" },
  });
  await ask("/v1/customers", { ...stated, sourceId: "2", identities: [bob], displayName: 'Bob\u2028\n\\ "å😀' });
  const view = { source: "web", occurredAt: "2026-11-20T09:10:00Z", kind: "PAGE_VIEW", channel: "WEB" };
  await ask("/v1/touchpoints", { ...view, sourceId: "t1", identities: [ann], url: "https://a.se/orders/ann" });
  const value = { amount: "-0.10", currency: "EUR" };
  await ask("/v1/touchpoints", { ...view, sourceId: "t2", identities: [bob], url: "https://a.se/home", value });
  await ask("/v1/touchpoints", {
    ...view,
    sourceId: "t2",
    revision: "2026-11-21T00:00:00Z",
    identities: [bob],
    url: "https://a.se/b",
    value,
  });
}

const FORGET =
  'mutation { forgetCustomer(identity: { namespace: "custid", value: "ann-4711" }, reason: "asked to") { userErrors { message } } }';
const FIND =
  '{ ann: customer(identity: { namespace: "custid", value: "ann-4711" }) { id } bob: customer(identity: { namespace: "custid", value: "bob-4712" }) { displayName timeline { totalCount } } customers(filter: { search: "Ann" }) { totalCount } }';

const Content = row({ name: text, content: text });

/** Every table of a database, as one text each. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const database = openDatabase({ url });
  try {
    const tables = await database.rows(
      Content,
      sql`
        select table_name::text as name, table_name::text as content from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE'
        and table_name <> all('{_prisma_migrations,customer_changes,change_snapshots}'::text[])
      `,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await database.pool.query(
        `select string_agg(t::text, ' ' order by t::text) as content from ${name} t`,
      );
      found[name] = rows[0].content;
    }
    return found;
  } finally {
    await database.close();
  }
}

async function emptyDatabase(suffix: string): Promise<string> {
  const name = `${template.name}_${suffix}`;
  await administer(template.adminUrl, `drop database if exists ${name} with (force)`);
  await administer(template.adminUrl, `create database ${name}`);
  made.push(name);
  return urlOf(template.adminUrl, name);
}

/** A database with Ann and Bob, whom a server wrote. */
async function filledDatabase(): Promise<string> {
  const house = await cloneDatabase(template);
  await house.db.close();
  made.push(new URL(house.url).pathname.slice(1));
  await serving(house.url, fill);
  return house.url;
}

const backUp = async (url: string, folder: string) => {
  const database = openDatabase({ url });
  await writeBackup(database, folder).finally(() => database.close());
};
/** All that lies in a backup, unpacked. */
const bytesOf = (folder: string) =>
  readdirSync(folder)
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    })
    .join("\n");

test("a backup holds every row, and whoever was forgotten since is not there once the restored database has started", async () => {
  const url = await filledDatabase();
  const folder = join(home, "before");
  await backUp(url, folder);
  const before = await contentOf(url);
  expect(HERS.filter((text) => bytesOf(folder).includes(text))).toEqual(HERS);
  const forgotten = await serving(url, (ask) => ask("/graphql", { query: FORGET }));
  expect(forgotten.data.forgetCustomer.userErrors).toEqual([]);
  const restored = await emptyDatabase("restored");

  await restoreBackup(restored, { folder, replaces: false });

  expect(await contentOf(restored)).toEqual(before);
  const { data } = await serving(restored, (ask) => ask("/graphql", { query: FIND }));
  expect(data).toMatchObject({ ann: null, customers: { totalCount: 0 } });
  expect(data.bob).toEqual({ displayName: 'Bob\u2028\n\\ "å😀', timeline: { totalCount: 1 } });
  const database = openDatabase({ url: restored });
  expect(await placesOf(database, HERS)).toEqual([]);
  await database.close();
  await backUp(restored, join(home, "after"));
  expect(HERS.filter((text) => bytesOf(join(home, "after")).includes(text))).toEqual([]);
  expect(bytesOf(join(home, "after"))).toContain("bob-4712");
});

test("what holds rows is left as it is unless it may go, and a file that was changed is not restored", async () => {
  const url = await filledDatabase();
  const folder = join(home, "backup");
  await backUp(url, folder);
  const before = await contentOf(url);

  await expect(restoreBackup(url, { folder, replaces: false })).rejects.toThrow("say --replace");
  await expect(backUp(url, folder)).rejects.toThrow("is not empty");
  expect(await contentOf(url)).toEqual(before);
  await serving(url, (ask) =>
    ask("/v1/customers", {
      source: "crm",
      sourceId: "3",
      observedAt: "2026-11-20T08:00:00Z",
      identities: [{ namespace: "custid", value: "c" }],
    }),
  );
  await restoreBackup(url, { folder, replaces: true });
  expect(await contentOf(url)).toEqual(before);

  const other = openDatabase({ url });
  await other.rows(Content, sql`select 'asked' as name, 'by another' as content`);
  await expect(restoreBackup(url, { folder, replaces: true })).rejects.toThrow(
    "A server or a command uses the database",
  );
  await other.close();

  writeFileSync(join(folder, "touchpoints.ndjson.gz"), "");
  await expect(restoreBackup(url, { folder, replaces: true })).rejects.toThrow("is not as it was written");
  rmSync(join(folder, "manifest.json"));
  await expect(restoreBackup(url, { folder, replaces: true })).rejects.toThrow("broken off");
  expect(await contentOf(url)).toEqual(before);
});

test("a dump of pg_dump, of a PostgreSQL of the system's, brings nobody back either", async ({ skip }) => {
  const system = openSystemPostgres(home);
  if (system === null) return skip("no /usr/lib/postgresql/*/bin is here: the drill with pg_dump was not done");
  try {
    const url = system.create("before");
    await serving(url, fill);
    const file = join(home, "dump.sql");
    system.run("pg_dump", ["--format=plain", `--file=${file}`, url]);
    await serving(url, (ask) => ask("/graphql", { query: FORGET }));
    const restored = system.create("after");

    system.run("psql", ["--quiet", "--set=ON_ERROR_STOP=1", `--file=${file}`, restored]);

    expect(readFileSync(file, "utf8")).toContain("ann-4711");
    const { data } = await serving(restored, (ask) => ask("/graphql", { query: FIND }));
    expect(data).toMatchObject({ ann: null, customers: { totalCount: 0 }, bob: { timeline: { totalCount: 1 } } });
    system.run("pg_dump", ["--format=plain", `--file=${file}`, restored]);
    expect(HERS.filter((text) => readFileSync(file, "utf8").includes(text))).toEqual([]);
  } finally {
    system.stop();
  }
});
