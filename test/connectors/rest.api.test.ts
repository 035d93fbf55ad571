import { expect, test } from "vitest";
import { recordId } from "../../src/kit/id.ts";
import { useApp } from "../app/use-app.ts";
import { hmac } from "../http/vendors.ts";

const SECRET = "segment-shared-secret";
const house = useApp({ settings: { C360_WEBHOOK_SECRETS: JSON.stringify({ segment: [SECRET] }) } });

const send = async (message: object) => {
  const body = JSON.stringify(message);
  const reply = await house.post("/v1/webhooks/segment", body, { "x-signature": hmac(SECRET, body, "hex") });
  const { receipts } = (await reply.json()) as { receipts: { status: string }[] };
  return receipts[0]?.status;
};
const PAGE = {
  type: "page",
  messageId: "m-1",
  anonymousId: "visitor-1",
  timestamp: "2026-03-20T10:00:00Z",
  properties: { url: "https://bank.example/loans?token=s3cret", search: "?token=s3cret", title: "Loans" },
  context: { userAgent: "Mozilla/5.0" },
};
const IDENTIFY = {
  type: "identify",
  userId: "ann",
  timestamp: "2026-03-20T10:00:00Z",
  traits: { name: "Ann Berg", plan: "premium" },
  context: { locale: "sv-SE" },
};
const metadataOf = async (key?: string) => {
  const query = "query ($id: ID!) { node(id: $id) { ... on Touchpoint { metadata } } }";
  const { data } = await house.ask(query, { id: recordId("touchpoint", "segment", "m-1") }, key);
  return data.node?.metadata;
};

test("what a page view says beside its fields is read by whoever may read notes, its query string by nobody", async () => {
  expect(await send(PAGE)).toBe("ACCEPTED");

  const metadata = await metadataOf();

  expect(metadata.sent).toMatchObject({ properties: { title: "Loans" }, context: { userAgent: "Mozilla/5.0" } });
  expect(JSON.stringify(metadata)).not.toContain("s3cret");
  expect(await metadataOf((await house.keys()).analyst)).toBeNull();
});

test("a message that only adds to what no field takes says nothing new of its touchpoint", async () => {
  await send(PAGE);

  expect(await send({ ...PAGE, sentAt: "2026-03-20T10:00:09Z" })).toBe("REPEATED");
  expect(await send({ ...PAGE, name: "Another" })).toBe("CONFLICT");
});

test("what an identify says beside its traits is in extra.sent, the last message that says something", async () => {
  const later = { ...IDENTIFY, timestamp: "2026-03-21T10:00:00Z", traits: { plan: "basic" }, context: undefined };

  const statuses = [await send(IDENTIFY), await send({ ...IDENTIFY, sentAt: "x-later" }), await send(later)];

  const query = `{ customer(identity: { namespace: "login", value: "ann" }) { record {
    extra provenance { field source }
  } } }`;
  const { extra, provenance } = (await house.ask(query)).data.customer.record;
  expect(statuses).toEqual(["ACCEPTED", "REPEATED", "SUPERSEDED"]);
  expect(extra).toMatchObject({ plan: "basic", sent: { type: "identify" } });
  expect(provenance).toContainEqual({ field: "extra.sent", source: "segment" });
});

test("a trait called as one of our own names is kept too", async () => {
  await send({ ...IDENTIFY, traits: { ...IDENTIFY.traits, sent: "by post", cut: 3 } });

  const { data } = await house.ask('{ customer(identity: { namespace: "login", value: "ann" }) { record { extra } } }');

  expect(data.customer.record.extra.sent.traits).toEqual({ sent: "by post", cut: 3 });
});
