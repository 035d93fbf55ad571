import { afterEach, beforeEach, expect, test } from "vitest";
import { saveHold } from "../../src/cli/retain.repository.ts";
import { sql } from "../../src/db/sql.ts";
import { isGenuine, publicKeyOf, receiptKeyOf } from "../../src/ingest/forgetting/signed-receipt.ts";
import { open } from "../../src/kit/seal.ts";
import { useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";
import { placesOf } from "./scan.ts";

const SECRET = "the secret of these tests, of more than 32 characters";
const house = useApp({ settings: { C360_SECRET: SECRET } });

const ann = { namespace: "custid", value: "ann-4711" };
const mail = { namespace: "email", value: "ann.stone@example.com" };
const tablet = { namespace: "cookie", value: "family-tablet" };
const phone = { namespace: "phone", value: "+46701234567" };
const bob = { namespace: "custid", value: "bob-4712" };
/** All that names Ann, or that only she said. */
const HERS = [
  "ann-4711",
  "ann.stone",
  "701234567",
  "Ann Stone",
  "asked about her mother",
  "herring recipes",
  "crm-ann",
  "/orders/ann",
  "a note of hers",
];

const view = (sourceId: string, minute: number, identities: object[], more: object) => ({
  source: "web",
  sourceId,
  occurredAt: `2026-11-20T09:${minute}:00Z`,
  kind: "PAGE_VIEW",
  channel: "WEB",
  identities,
  ...more,
});

/** Ann and Bob share a tablet. She called, was looked for, refused, merged, revised and announced. */
beforeEach(async () => {
  const stated = { source: "crm", observedAt: "2026-11-20T08:00:00Z" };
  const crm = { ...stated, sourceId: "crm-ann", identities: [ann, mail], displayName: "Ann Stone", region: "north" };
  await house.post("/v1/customers", crm, { "idempotency-key": "crm-ann" });
  await house.post("/v1/customers", { ...crm, observedAt: "2026-11-21T08:00:00Z", extra: { said: "a note of hers" } });
  await house.post("/v1/customers", { ...stated, sourceId: "crm-bob", identities: [bob], displayName: "Bob" });
  const call = { source: "cti", sourceId: "c1", startedAt: "2026-11-20T09:30:00Z", identities: [ann, phone] };
  await house.post("/v1/calls", { ...call, notes: "asked about her mother", revision: "2026-11-20T10:00:00Z" });
  await house.post("/v1/calls", { ...call, notes: "asked about her mother twice", revision: "2026-11-20T11:00:00Z" });
  await house.post("/v1/calls", { ...call, sourceId: "c2", durationSeconds: -1 });
  await house.post("/v1/touchpoints", view("t1", 10, [tablet, ann], { kind: "SEARCH", name: "herring recipes" }));
  await house.post("/v1/touchpoints", view("t2", 11, [tablet], { url: "https://a.se/orders/ann" }));
  await house.post("/v1/touchpoints", view("t3", 50, [tablet, bob], { url: "https://a.se/home" }));
  await house.post("/v1/touchpoints", view("t4", 51, [tablet], { url: "https://a.se/prices" }));
  await house.ask(
    `mutation { linkIdentities(a: { namespace: "custid", value: "bob-4712" }, b: { namespace: "login", value: "bob" }, reason: "he said so") { verdict { id } } }`,
  );
  await house.ask(
    `mutation { linkIdentities(a: { namespace: "custid", value: "ann-4711" }, b: { namespace: "login", value: "ann.stone" }, reason: "Ann Stone said so") { verdict { id } } }`,
  );
  const { data } = await house.ask('{ customer(identity: { namespace: "custid", value: "ann-4711" }) { id } }');
  await saveHold(house.db, { customerId: data.customer.id, source: null, reason: "a claim of Ann Stone's" });
  await saveHold(house.db, { customerId: null, source: "cti", reason: "who else spoke to ann.stone@example.com" });
  await saveHold(house.db, { customerId: null, source: "web", reason: "a case" });
  await house.ask(
    'mutation { announceCall(input: { source: "cti", sourceId: "c3", agentId: "a1", ringingAt: "2026-11-20T10:00:00Z", identities: [{ namespace: "phone", value: "070-123 45 67" }] }) { callId } }',
  );
});

/** The server remembers names of the dictionary until somebody was forgotten; it notices with the next record. */
afterEach(() => house.post("/v1/touchpoints", view("t0", 59, [], {})));

const FORGET =
  'mutation { forgetCustomer(identity: { namespace: "custid", value: "ann-4711" }, reason: "asked to") { receipt gone { customerRecords interactions touchpoints identities verdicts rejections calls texts } userErrors { message } } }';
const PREVIEW =
  '{ previewForget(identity: { namespace: "custid", value: "ann-4711" }) { goes { customerRecords interactions touchpoints identities verdicts rejections calls texts } shared { value } auditRowsStay } }';

/** Bodies of refused records, opened. */
async function refused(): Promise<string> {
  const rows = await read<{ body: Buffer | null }>(house.db, sql`select body from rejections`);
  return JSON.stringify(rows.map(({ body }) => body && open(house.app.core.keyring.rejectionKey, body)));
}

test("nothing in the database says who was forgotten, and the preview said what would go", async () => {
  expect((await placesOf(house.db, HERS)).length).toBeGreaterThan(HERS.length);
  const { data: before } = await house.ask(PREVIEW);
  const { data: entry } = await house.ask(
    '{ audit(filter: { actions: ["customer.forget-previewed"] }) { nodes { actor customerId } } customer(identity: { namespace: "custid", value: "ann-4711" }) { id } }',
  );
  expect(entry.audit.nodes).toEqual([{ actor: "admin", customerId: entry.customer.id }]);
  await house.db.run(sql`analyze`);

  const { data, errors } = await house.ask(FORGET);

  expect(errors).toBeUndefined();
  expect(data.forgetCustomer.userErrors).toEqual([]);
  expect(data.forgetCustomer.gone).toEqual({
    customerRecords: 1,
    interactions: 1,
    touchpoints: 2,
    identities: 4,
    verdicts: 1,
    rejections: 1,
    calls: 1,
    texts: 3,
  });
  expect(before.previewForget).toMatchObject({ goes: data.forgetCustomer.gone, shared: [{ value: "family-tablet" }] });
  expect(await placesOf(house.db, HERS)).toEqual([]);
  expect((await house.db.orm.legalHold.findMany()).filter(({ reason }) => reason === "a case")).toHaveLength(1);
  expect(await refused()).not.toContain("701234567");
});

test("what others share stays with them", async () => {
  await house.ask(FORGET);

  const { data } = await house.ask(
    '{ customer(identity: { namespace: "cookie", value: "family-tablet" }) { displayName timeline { nodes { sourceId touchpoints { nodes { url } } } } } }',
  );
  expect(data.customer.displayName).toBe("Bob");
  expect(JSON.stringify(data.customer.timeline)).toContain("https://a.se/prices");
});

test("an answer as of when nobody had heard of them does not count them among those it lost", async () => {
  const [{ at: first }] = (await read<{ at: Date }>(house.db, sql`select min(born_at) as at from identities`)) as [
    { at: Date },
  ];
  await house.ask(FORGET);

  const since = async (knownAt: Date) => {
    const input = `{ period: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }, knownAt: "${knownAt.toISOString()}" }`;
    const { data } = await house.ask(`{ matchQuality(input: ${input}) { forgottenSince } }`);
    return data.matchQuality.forgottenSince;
  };
  expect(await since(new Date(first.getTime() - 1_000))).toBe(0);
  expect(await since(first)).toBe(1);
});

test("the receipt is signed by a key that follows from the secret, and every change of it shows", async () => {
  const { data } = await house.ask(FORGET);

  const receipt = JSON.parse(data.forgetCustomer.receipt);
  const key = publicKeyOf(receiptKeyOf(SECRET));
  expect(receipt).toMatchObject({ by: "admin", reason: "asked to", publicKey: key });
  expect(isGenuine(receipt, key)).toBe(true);
  expect(isGenuine({ ...receipt, reason: "a whim" }, key)).toBe(false);
  expect(isGenuine(receipt, publicKeyOf(receiptKeyOf("another secret that has enough characters")))).toBe(false);
});

test("an old file brings nobody back, and what happens later is a new customer's", async () => {
  const was = await house.ask('{ customer(identity: { namespace: "custid", value: "ann-4711" }) { id } }');
  await house.ask(FORGET);
  const old = await house.post("/v1/touchpoints", view("t2", 11, [tablet], { url: "https://a.se/orders/ann" }));
  const other = await house.post("/v1/touchpoints", view("t9", 12, [ann], { url: "https://a.se/orders/ann" }));
  const now = { ...view("t10", 12, [ann], { url: "https://a.se/home" }), occurredAt: new Date().toISOString() };
  await new Promise((resolve) => setTimeout(resolve, 5));

  const later = await house.post("/v1/touchpoints", { ...now, occurredAt: new Date().toISOString() });

  const reason = { receipts: [{ status: "REJECTED", reason: "ERASED" }] };
  expect(await old.json()).toMatchObject(reason);
  expect(await other.json()).toMatchObject(reason);
  expect(await later.json()).toMatchObject({ receipts: [{ status: "ACCEPTED" }] });
  const { data } = await house.ask(
    '{ customer(identity: { namespace: "custid", value: "ann-4711" }) { id summary { interactionCount } } }',
  );
  expect(data.customer.id).not.toBe(was.data.customer.id);
  expect(data.customer.summary.interactionCount).toBe(1);
});

test("a name that only the forgotten used is written anew when somebody else uses it", async () => {
  await house.ask(FORGET);

  await house.post("/v1/touchpoints", view("t5", 52, [bob], { kind: "SEARCH", name: "herring recipes" }));

  const names = await read<{ name: string }>(house.db, sql`select name from items where kind = 'SEARCH'`);
  expect(names).toEqual([{ name: "herring recipes" }]);
});

test("the reason names nobody, and somebody shared is not forgotten by what they share", async () => {
  const naming = await house.ask(FORGET.replace("asked to", "ann.stone@example.com asked to"));
  const named = await house.ask(FORGET.replace("asked to", "as Mrs Stone asked to"));
  const shared = await house.ask(FORGET.replace("custid", "cookie").replace("ann-4711", "family-tablet"));

  const message = (answer: typeof naming) => answer.data.forgetCustomer.userErrors[0].message;
  expect(message(naming)).toContain("without naming");
  expect(message(named)).toContain("without naming");
  expect(message(shared)).toContain("name the one by id");
});
