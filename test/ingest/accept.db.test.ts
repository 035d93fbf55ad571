import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);
const entryPoint = { entryPoint: "test" };

function call(sourceId: string, more: object = {}): IncomingRecord {
  const body = { source: "cti", sourceId, startedAt: "2026-11-20T09:00:00Z", callReason: "invoice", ...more };
  return { kind: "call", body };
}

function view(sourceId: string, more: object = {}): IncomingRecord {
  const body = {
    source: "web",
    sourceId,
    occurredAt: "2026-11-20T08:50:00Z",
    kind: "PAGE_VIEW",
    channel: "WEB",
    url: "https://example.com/billing/invoice?token=secret#top",
    ...more,
  };
  return { kind: "touchpoint", body };
}

const ann = { namespace: "custid", value: "1001" };
const phone = { namespace: "mobilenr", value: "070-174 06 05" };
const cookie = { namespace: "cookie", value: "c-1" };

test("answers the seven receipts", async () => {
  await house.db.run(sql`insert into sources (name, keep_kinds, rank) values ('ivr', '{PROMPT}', 100)`);
  await ingest.refresh();
  const first = call("c1", { revision: "2026-11-20T10:00:00Z", identities: [ann] });

  const receipts = [
    await ingest.acceptOne(first, entryPoint),
    await ingest.acceptOne(first, entryPoint),
    await ingest.acceptOne(call("c1", { revision: "2026-11-20T11:00:00Z", csatScore: 5 }), entryPoint),
    await ingest.acceptOne(call("c1", { revision: "2026-11-20T09:00:00Z", notes: "early" }), entryPoint),
    await ingest.acceptOne(call("c1", { revision: "2026-11-20T11:00:00Z", csatScore: 1 }), entryPoint),
    await ingest.acceptOne(view("m1", { source: "ivr", kind: "OTHER", channel: "IVR" }), entryPoint),
    await ingest.acceptOne(call("c2", { startedAt: "yesterday" }), entryPoint),
  ];

  expect(receipts.map(({ status }) => status)).toEqual([
    "ACCEPTED",
    "REPEATED",
    "SUPERSEDED",
    "STALE",
    "CONFLICT",
    "FILTERED",
    "REJECTED",
  ]);
  const rows = await read(house.db, sql`select csat_score as csat, interaction_notes as notes from interactions`);
  expect(rows).toEqual([{ csat: 5, notes: null }]);
  const kept = await read(house.db, sql`select count(*) as count from revisions`);
  expect(kept).toEqual([{ count: 2 }]);
});

test("finds the anonymous visit once its visitor says who they are", async () => {
  await ingest.accept([view("v1", { identities: [cookie], sessionId: "s1" })], entryPoint);
  const later = view("v2", { identities: [cookie, ann], sessionId: "s1", occurredAt: "2026-11-20T08:55:00Z" });

  const [receipt] = await ingest.accept([later], entryPoint);

  const rows = await read<{ customer: string }>(
    house.db,
    sql`
      select distinct customer_id as customer from touchpoints union select customer_id from interactions
    `,
  );
  expect(rows).toEqual([{ customer: receipt!.customerId }]);
});

test("strips query strings and fragments before it names a page", async () => {
  await ingest.accept([view("v1", { identities: [cookie] })], entryPoint);

  const items = await read(house.db, sql`select kind, name, section from items order by kind`);

  expect(items).toEqual([
    { kind: "PAGE_VIEW", name: "/billing/invoice", section: "billing" },
    { kind: "URL", name: "https://example.com/billing/invoice", section: "" },
  ]);
});

test("keeps a caller whom nothing identifies, joined to nobody", async () => {
  const receipts = await ingest.accept(
    [call("c1", { identities: [{ namespace: "phone", value: "anonymous" }] }), call("c2")],
    entryPoint,
  );

  expect(receipts.map(({ status }) => status)).toEqual(["ACCEPTED", "ACCEPTED"]);
  expect(receipts[0]!.customerId).not.toBe(receipts[1]!.customerId);
  const [identity] = await read(house.db, sql`select distinct kind from identities`);
  expect(identity).toEqual({ kind: "RECORD" });
});

test("merges what revisions of a customer record state, whatever their order", async () => {
  const record = (observedAt: string, fields: object): IncomingRecord => ({
    kind: "customer",
    body: { source: "crm", sourceId: "1001", observedAt, identities: [ann], ...fields },
  });
  await ingest.accept([record("2026-11-02T00:00:00Z", { region: "North", age: null })], entryPoint);
  const [stale] = await ingest.accept(
    [record("2026-11-01T00:00:00Z", { age: 41, vvip: true, region: "South" })],
    entryPoint,
  );

  const rows = await read(house.db, sql`select age, vvip, region from customer_records`);

  expect(stale!.status).toBe("STALE");
  expect(rows).toEqual([{ age: null, vvip: true, region: "North" }]);
});

test("gives the phone's time to whoever used it", async () => {
  const bob = { namespace: "custid", value: "2002" };
  const at = (startedAt: string) => ({ startedAt: `2026-11-20T${startedAt}:00Z` });
  const receipts = await ingest.accept(
    [
      call("c1", { ...at("08:00"), identities: [phone] }),
      call("c2", { ...at("09:00"), identities: [ann, phone] }),
      call("c3", { ...at("09:30"), identities: [phone] }),
      call("c4", { ...at("10:00"), identities: [bob, phone] }),
      call("c5", { ...at("11:00"), identities: [phone] }),
    ],
    entryPoint,
  );

  const [c1, c2, c3, c4, c5] = receipts.map(({ customerId }) => customerId);
  expect([c1, c3]).toEqual([c2, c2]);
  expect(c5).toBe(c4);
  expect(c4).not.toBe(c2);
});

test("shares a commit between single records, and a bad one spoils no neighbour", async () => {
  const records = [...Array(40).keys()].map((n) =>
    call(`c${n}`, n === 7 ? { startedAt: "never" } : { identities: [ann] }),
  );

  const receipts = await Promise.all(records.map((record) => ingest.acceptOne(record, entryPoint)));

  expect(receipts.filter(({ status }) => status === "ACCEPTED")).toHaveLength(39);
  expect(receipts[7]!.reason).toBe("BAD_TIME");
  const [batches] = await read<{ count: number }>(house.db, sql`select count(*) as count from batches`);
  expect(batches!.count).toBeLessThan(40);
});

test("names are stored again once the tables were emptied under a running server", async () => {
  const names = () => read<{ name: string }>(house.db, sql`select name from items where kind = 'URL'`);
  await ingest.acceptOne(view("v1"), entryPoint);
  const before = await names();

  await house.empty();
  await ingest.acceptOne(view("v1"), entryPoint);

  expect(before).toEqual([{ name: "https://example.com/billing/invoice" }]);
  expect(await names()).toEqual(before);
});
