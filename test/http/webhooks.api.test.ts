import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { messagesIn } from "../../src/http/routes/webhook-body.ts";
import { useApp } from "../app/use-app.ts";
import { FIXTURE_LIST } from "../connectors/senders.ts";
import { FORM, freePort, hmac, proofOf } from "./vendors.ts";

const SECRETS = {
  twilio: ["twilio-token-new", "twilio-token-old"],
  callrail: ["callrail-signing-key"],
  segment: ["segment-shared-secret"],
  "amazon-connect": ["firehose-access-key"],
  asterisk: ["asterisk-secret"],
  cloudevents: ["cloudevents-secret"],
  vcon: ["vcon-secret"],
};
const publicUrl = `http://127.0.0.1:${await freePort()}`;
const house = useApp({
  settings: {
    PORT: new URL(publicUrl).port,
    C360_PUBLIC_URL: publicUrl,
    C360_WEBHOOK_SECRETS: JSON.stringify(SECRETS),
  },
});

const given = (connector: string, name: string) =>
  FIXTURE_LIST.find((fixture) => fixture.connector === connector && fixture.name === name)!.given;
const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const reply = await house.post(`/v1/webhooks/${path}`, body, { authorization: "", ...headers });
  const text = await reply.text();
  return { status: reply.status, type: reply.headers.get("content-type"), text, json: jsonOr(text) };
};
const postForm = (form: Record<string, string>, { secret, path = "twilio" }: { secret: string; path?: string }) => {
  const body = new URLSearchParams(form).toString();
  const proof = proofOf("twilio", { secret, body, address: `${publicUrl}/v1/webhooks/${path}` });
  return post(path, body, { "content-type": FORM, ...proof });
};
const statusesOf = (json: { receipts: { status: string }[] }) => json.receipts.map(({ status }) => status);

test("takes in Twilio's forms signed with any of its secrets, answers empty TwiML, and knows a call by its id", async () => {
  const [ringing, completed] = [given("twilio", "call-ringing"), given("twilio", "call-completed")];

  const first = await postForm(ringing as Record<string, string>, { secret: "twilio-token-old" });
  const last = await postForm(completed as Record<string, string>, { secret: "twilio-token-new" });
  const again = await postForm(completed as Record<string, string>, {
    secret: "twilio-token-new",
    path: "twilio?flow=1",
  });

  expect([first, last, again].map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(first).toMatchObject({ type: "text/xml; charset=utf-8", text: expect.stringContaining("<Response/>") });
  const calls = await house.db.orm.interaction.findMany();
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ source: "twilio", sourceId: "CA1", outcome: "HANDLED" });
});

test.each<[string, { secret: string; path?: string; signedPath?: string }]>([
  ["another secret", { secret: "not-the-token" }],
  ["another address", { secret: "twilio-token-new", path: "twilio?x=1", signedPath: "twilio" }],
])("refuses a form that was signed with %s", async (_name, { secret, path = "twilio", signedPath = path }) => {
  const headers = {
    "content-type": FORM,
    "x-twilio-signature": hmac(secret, `${publicUrl}/v1/webhooks/${signedPath}CallSidCA9`),
  };

  const reply = await post(path, "CallSid=CA9", headers);

  expect(reply).toMatchObject({ status: 401, json: { error: { code: "UNAUTHENTICATED" } } });
  expect(await house.db.orm.rejection.count()).toBe(0);
});

test("believes Twilio's JSON only when the address that was signed holds its digest", async () => {
  const body = JSON.stringify([given("twilio", "studio-execution"), given("twilio", "studio-step")]);
  const send = (digest: string) => {
    const path = `twilio?bodySHA256=${digest}`;
    const signature = hmac("twilio-token-new", `${publicUrl}/v1/webhooks/${path}`);
    return post(path, body, { "x-twilio-signature": signature });
  };

  const right = await send(createHash("sha256").update(body).digest("hex"));
  const wrong = await send(createHash("sha256").update("{}").digest("hex"));

  expect([right.status, wrong.status]).toEqual([200, 401]);
  expect(await house.db.orm.touchpoint.count()).toBe(1);
});

test("checks CallRail's and Segment's signatures over the bytes that were sent", async () => {
  const call = `${JSON.stringify(given("callrail", "post-call"))} `;
  const page = JSON.stringify(given("segment", "page"), null, 1);

  const signed = [
    await post("callrail", call, { signature: hmac("callrail-signing-key", call) }),
    await post("segment", page, { "x-signature": hmac("segment-shared-secret", page, "hex") }),
  ];
  const touched = [
    await post("callrail", call.trim(), { signature: hmac("callrail-signing-key", call) }),
    await post("segment", page, { "x-signature": hmac("segment-shared-secret", page, "base64") }),
    await post("segment", page),
  ];

  expect(signed.map(({ json }) => statusesOf(json))).toEqual([["ACCEPTED"], ["ACCEPTED"]]);
  expect(signed[0]?.json.receipts[0]).not.toHaveProperty("subjectId");
  expect(touched.map(({ status }) => status)).toEqual([401, 401, 401]);
});

test.each([
  ["a header", { "x-webhook-secret": "vcon-secret" }],
  ["a bearer token", { authorization: "Bearer vcon-secret" }],
  ["the password of basic authentication", { authorization: `Basic ${btoa("anyone:vcon-secret")}` }],
])("takes a shared secret as %s", async (_name, headers) => {
  const { json } = await post("vcon", JSON.stringify(given("vcon", "call-and-text")), headers);

  expect(json.counts).toEqual({ ACCEPTED: 2 });
});

test("refuses a connector without a secret, one that nobody speaks, and an API key in place of a secret", async () => {
  const key = { authorization: "Bearer c360_test_admin_key_of_more_than_32_characters" };

  const unset = await post("qubit", "{}", key);
  const unknown = await post("unomi", "{}", key);
  const wrong = await post("vcon", "{}", key);

  expect(unset).toMatchObject({
    status: 401,
    json: { error: { message: expect.stringContaining("not signed by any secret of qubit that is set here") } },
  });
  expect(unknown).toMatchObject({
    status: 404,
    json: { error: { message: expect.stringContaining("amazon-connect") } },
  });
  expect(wrong).toMatchObject({
    status: 401,
    json: { error: { message: expect.stringContaining("X-Webhook-Secret") } },
  });
});

test("tells Firehose that its delivery arrived, whatever was in it", async () => {
  const headers = { "x-amz-firehose-access-key": "firehose-access-key", "x-amz-firehose-request-id": "fh-1" };

  const { json } = await post("amazon-connect", JSON.stringify(given("amazon-connect", "firehose-delivery")), headers);

  expect(json).toEqual({ requestId: "fh-1", timestamp: expect.any(Number) });
  expect(await house.db.orm.interaction.count()).toBe(1);
  expect(await house.db.orm.rejection.count()).toBe(2);
});

test("a form that gives one name twice keeps both values", () => {
  const [form] = messagesIn(Buffer.from("CallSid=CA1&Tag=a&Tag=b&Tag=c"), { "content-type": FORM });

  expect(form).toEqual({ CallSid: "CA1", Tag: "a", "@envelope": { Tag: ["b", "c"] } });
});

test("reads CSV, JSON lines and the binary form of CloudEvents", async () => {
  const { specversion, type, source, id, data } = given("cloudevents", "own-call") as Record<string, string>;
  const secret = { "x-webhook-secret": "cloudevents-secret" };
  const envelope = { "ce-specversion": specversion!, "ce-type": type!, "ce-source": source!, "ce-id": id! };
  const vcons = [given("vcon", "call-and-text"), given("vcon", "signed")].map((one) => JSON.stringify(one)).join("\n");

  const event = await post("cloudevents", JSON.stringify(data), { ...secret, ...envelope });
  const lines = await post("vcon", vcons, {
    "x-webhook-secret": "vcon-secret",
    "content-type": "application/x-ndjson",
  });
  const rows = await post("asterisk", given("asterisk", "master-csv") as string, {
    "x-webhook-secret": "asterisk-secret",
    "content-type": "text/csv",
  });

  expect(statusesOf(event.json)).toEqual(["ACCEPTED"]);
  expect(statusesOf(lines.json)).toEqual(["ACCEPTED", "ACCEPTED", "REJECTED"]);
  // Nobody has said in which zone this server's clock stands.
  expect(rows.json.receipts.map(({ reason }: { reason: string }) => reason)).toEqual([
    "BAD_TIME",
    "BAD_TIME",
    "UNKNOWN_LAYOUT",
  ]);
});

test.each([
  ["nothing", "", "MALFORMED"],
  ["no JSON", "{oops", "MALFORMED"],
  ["a number", "42", "MALFORMED"],
  ["a hundred thousand brackets", "[".repeat(100_000) + "]".repeat(100_000), "TOO_DEEP"],
  ["bytes that are no text", "\u0000\uFFFE", "MALFORMED"],
])("keeps %s as a rejection with its reason", async (_name, body, reason) => {
  const { status, json } = await post("vcon", body, { "x-webhook-secret": "vcon-secret" });

  expect(status).toBe(200);
  expect(json.receipts).toEqual([expect.objectContaining({ status: "REJECTED", reason })]);
  expect(await house.db.orm.rejection.findMany({ select: { source: true, reason: true } })).toEqual([
    { source: "vcon", reason },
  ]);
});

test("names the entry point in the batch", async () => {
  await post("vcon", JSON.stringify(given("vcon", "call-and-text")), { "x-webhook-secret": "vcon-secret" });

  const batches = await house.db.orm.batch.findMany({ select: { entryPoint: true } });

  expect(batches).toEqual([{ entryPoint: "webhook:vcon" }]);
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
function jsonOr(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
