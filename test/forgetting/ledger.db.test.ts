import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { openApp } from "../../src/app.ts";
import { openDatabase } from "../../src/db/client.ts";
import { Count } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { openErasureLedger } from "../../src/ingest/forgetting/erasure-ledger.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { administer, cloneDatabase, urlOf } from "../kit/clone.ts";
import { placesOf } from "./scan.ts";

const file = () => join(mkdtempSync(join(tmpdir(), "c360-ledger-")), "erasures.ndjson");
const SECRET = "the secret of this drill, of more than 32 characters";

/** A server over a database, for as long as `work` takes. */
async function serving<Answer>(url: string, ledger: string, work: (ask: Ask) => Promise<Answer>): Promise<Answer> {
  const settings = { C360_SECRET: SECRET, C360_ERASURE_LEDGER: ledger };
  const app = await openApp(configFor(url, settings), openLog("silent"));
  const post = async (path: string, body: object) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` };
    return (await fetch(`${app.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  try {
    return await work(post);
  } finally {
    await app.stop();
  }
}
// biome-ignore lint/suspicious/noExplicitAny: what a test asks for is what it gets
type Ask = (path: string, body: object) => Promise<any>;

const ann = { namespace: "custid", value: "ann-4711" };
const tablet = { namespace: "cookie", value: "family-tablet" };
const bob = { namespace: "custid", value: "bob-4712" };
const view = (sourceId: string, minute: number, identities: object[], url: string) => {
  const occurredAt = `2026-11-20T09:${minute}:00Z`;
  return { source: "web", sourceId, occurredAt, kind: "PAGE_VIEW", channel: "WEB", identities, url };
};
const FORGET =
  'mutation { forgetCustomer(identity: { namespace: "custid", value: "ann-4711" }, reason: "asked to") { receiptId userErrors { message } } }';
const FIND =
  '{ ann: customer(identity: { namespace: "custid", value: "ann-4711" }) { id } bob: customer(identity: { namespace: "custid", value: "bob-4712" }) { timeline { totalCount } } customers(filter: { search: "Ann" }) { totalCount } }';

test("a restored backup brings nobody back", async () => {
  const ledger = file();
  const template = inject("template");
  const house = await cloneDatabase(template);
  const backup = `${template.name}_backup`;
  try {
    await serving(house.url, ledger, async (ask) => {
      const stated = { source: "crm", sourceId: "1", observedAt: "2026-11-20T08:00:00Z", displayName: "Ann Stone" };
      await ask("/v1/customers", { ...stated, identities: [ann] });
      await ask("/v1/touchpoints", view("t1", 10, [tablet, ann], "https://a.se/orders/ann"));
      await ask("/v1/touchpoints", view("t2", 11, [tablet], "https://a.se/basket/ann"));
      await ask("/v1/touchpoints", view("t3", 50, [tablet, bob], "https://a.se/home"));
    });
    await house.db.close();
    const name = new URL(house.url).pathname.slice(1);
    await administer(template.adminUrl, `create database ${backup} template ${name}`);
    const { data } = await serving(house.url, ledger, (ask) => ask("/graphql", { query: FORGET }));
    expect(data.forgetCustomer.userErrors).toEqual([]);

    const found = await serving(urlOf(template.adminUrl, backup), ledger, (ask) => ask("/graphql", { query: FIND }));

    expect(found.data).toMatchObject({ ann: null, customers: { totalCount: 0 }, bob: { timeline: { totalCount: 1 } } });
    const restored = openDatabase({ url: urlOf(template.adminUrl, backup) });
    expect(await placesOf(restored, ["ann-4711", "Ann Stone", "/orders/ann", "/basket/ann"])).toEqual([]);
    expect((await restored.rows(Count, sql`select count(*) as count from forgettings`))[0]!.count).toBe(1);
    await restored.close();
    expect(readFileSync(ledger, "utf8")).not.toMatch(/ann-4711|Ann Stone|basket/);
  } finally {
    await administer(template.adminUrl, `drop database if exists ${backup} with (force)`);
    await administer(template.adminUrl, `drop database if exists ${new URL(house.url).pathname.slice(1)} with (force)`);
  }
});

test("the ledger holds what was entered, without what was taken back or cut short", () => {
  const path = file();
  const ledger = openErasureLedger(path, openLog("silent"));
  const line = (id: string) => ({ id, at: "2026-11-20T09:00:00.000Z", hashes: [], receipt: {} as never });

  for (const id of ["a", "b", "c"]) ledger.append(line(id));
  ledger.takeBack("b");
  ledger.takeBack("c");
  ledger.append(line("c"));
  appendFileSync(path, '{"id":"d","at":');

  expect(ledger.read().map(({ id }) => id)).toEqual(["a", "c"]);
});
