import { beforeEach, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { issueKey, revokeKey } from "../../src/keys/keys.ts";
import { jsonExport } from "../../src/privacy/export-formats.ts";
import { openExporter } from "../../src/privacy/exporter.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";

// The same export over the network: with a key, and by a link that a browser opens.

const house = useApp();
const DEPS = { rejectionKey: Buffer.alloc(32, 1), isUsableKey: async () => true };
let ann = "";

beforeEach(async () => {
  const identities = [{ namespace: "custid", value: "ann-4711" }];
  const crm = {
    source: "crm",
    sourceId: "1",
    observedAt: "2026-11-20T08:00:00Z",
    identities,
    displayName: "Ann <Stone>",
  };
  const reply = await house.post("/v1/customers", crm);
  ann = ((await reply.json()) as { receipts: { customerId: string }[] }).receipts[0]!.customerId;
});

const get = (path: string, key: string | null) =>
  fetch(`${house.url}${path}`, { headers: key === null ? {} : { authorization: `Bearer ${key}` } });
/** The status, once all is read: what is not read goes on being exported. */
const statusOf = async (path: string, key: string | null) => {
  const reply = await get(path, key);
  await reply.text();
  return reply.status;
};
const linksFor = async (key: string) => {
  const query = `mutation { exportCustomer(customerId: "${ann}") { json page until userErrors { code } } }`;
  return (await house.ask(query, {}, key)).data.exportCustomer;
};
const exportsNoted = async () => {
  const { data } = await house.ask(
    '{ audit(filter: { actions: ["customer.exported"] }) { nodes { actorId customerId } } }',
  );
  return data.audit.nodes;
};

test("a key and a link answer the same, and the audit says whose key it was, each time", async () => {
  const { id, secret } = await issueKey(house.db, { name: "officer", role: "privacy" });

  const links = await linksFor(secret);
  const before = await exportsNoted();
  const json = await get(links.json, null);
  const document = (await json.json()) as Tables;
  const page = await get(links.page, null);
  const html = await page.text();
  const same = await (await get(`/v1/customers/${ann}/export`, secret)).text();

  expect(before).toEqual([]);
  expect(document.tables.customer_records).toMatchObject([{ display_name: "Ann <Stone>", source: "crm" }]);
  expect(JSON.parse(same).tables.customer_records).toEqual(document.tables.customer_records);
  expect(html).toContain("Ann &lt;Stone&gt;");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(json.headers.get("cache-control")).toBe("no-store");
  expect(await exportsNoted()).toEqual(Array(3).fill({ actorId: `key:${id}`, customerId: ann }));
});

interface Tables {
  tables: Record<string, object[]>;
}

test("nobody exports without the scope, with a bound key, or by a link that is none", async () => {
  const keys = await house.keys();
  const path = `/v1/customers/${ann}/export`;
  const bound = await issueKey(house.db, { name: "bound", role: "privacy", teams: ["red"] });

  const roles: Record<string, number> = {};
  for (const [role, key] of Object.entries(keys)) roles[role] = await statusOf(path, key);

  expect(roles).toEqual({
    ...{ ivr: 403, collector: 403, agent: 403, supervisor: 403, analyst: 403, privacy: 200, admin: 200 },
  });
  expect(await statusOf(path, null)).toBe(401);
  expect(await statusOf(path, bound.secret)).toBe(403);
  expect((await linksFor(bound.secret)).userErrors).toEqual([{ code: "FORBIDDEN" }]);
  const { json } = await linksFor(keys.privacy);
  for (const other of ["/v1/exports", `${json.slice(0, -4)}aaaa`, "/v1/exports?ticket=YQ"])
    expect([other, await statusOf(other, ADMIN_KEY)]).toEqual([other, 403]);
  expect(await statusOf("/v1/customers/nobody/export", keys.privacy)).toBe(404);
  expect(await statusOf("/v1/customers/00000000-0000-7000-8000-000000000000/export", keys.privacy)).toBe(404);
  expect(await statusOf(`${path}?format=pdf`, keys.privacy)).toBe(400);
});

test("a link is good for a minute", async () => {
  let now = 0;
  const exporter = openExporter(house.app.core.database, { ...DEPS, now: () => now });
  const by = { id: "key:1", name: "officer", teams: [], callCentreIds: [] };
  const { ticket, until } = await exporter.ticketFor(ann, by);

  now = 59_999;
  const admitted = await exporter.admit(ticket);
  now = 60_000;

  expect(until).toEqual(new Date(60_000));
  expect(admitted).toMatchObject({ customerId: ann, by: { id: "key:1", name: "officer" } });
  await expect(exporter.admit(ticket)).rejects.toThrow("good for a minute");
  const another = openExporter(house.app.core.database, { ...DEPS, rejectionKey: Buffer.alloc(32, 2), now: () => 0 });
  await expect(another.admit(ticket)).rejects.toThrow();
});

test("a link ends with the key that asked for it", async () => {
  const { id, secret } = await issueKey(house.db, { name: "officer", role: "privacy" });
  const { json } = await linksFor(secret);

  const before = await statusOf(json, null);
  await revokeKey(house.db, id);

  expect([before, await statusOf(json, null)]).toEqual([200, 403]);
});

test("a third at once is asked to wait, until one is done", async () => {
  const exporter = openExporter(house.app.core.database, DEPS);
  const ends: (() => void)[] = [];
  const held = () => jsonExport(() => new Promise((resolve) => ends.push(resolve)));
  const asked = { customerId: ann, by: { id: "key:1", name: "officer" } };
  const rest = jsonExport(async () => {});
  const two = [
    exporter.write(asked, { ...rest, begin: held().begin }),
    exporter.write(asked, { ...rest, begin: held().begin }),
  ];

  const third = exporter.write(asked, rest);

  await expect(third).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect.poll(() => ends.length).toBe(2);
  for (const end of ends) end();
  await Promise.all(two);
  await exporter.write(asked, rest);
});

test("a reader who leaves ends the export", async () => {
  const { secret } = await issueKey(house.db, { name: "officer", role: "privacy" });
  const many = Array.from({ length: 500 }, (_, i) => ({
    ...{ source: "cti", sourceId: `${i}`, startedAt: "2026-11-20T09:00:00Z", notes: "x".repeat(4_000) },
    identities: [{ namespace: "custid", value: "ann-4711" }],
  }));
  await house.post("/v1/calls", many);
  for (let round = 0; round < 3; round += 1) {
    const gone = new AbortController();
    const reply = await fetch(`${house.url}/v1/customers/${ann}/export`, {
      headers: { authorization: `Bearer ${secret}` },
      signal: gone.signal,
    });
    expect(reply.status).toBe(200);
    gone.abort();
    const open = () =>
      read(
        house.db,
        sql`select pid from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()`,
      );
    await expect.poll(open).toEqual([]);
  }
});
