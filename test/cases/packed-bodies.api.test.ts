import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { hmac } from "../http/vendors.ts";

const SECRET = "a-secret-of-every-sender";
const SENDERS_OF_HOOKS = ["amazon-connect", "asterisk", "callrail"];
const house = useApp({
  settings: {
    C360_MAX_LINES: "1000",
    C360_MAX_UNPACKED_BYTES: "4000000",
    C360_WEBHOOK_SECRETS: JSON.stringify(Object.fromEntries(SENDERS_OF_HOOKS.map((name) => [name, [SECRET]]))),
  },
});

const PACKERS = { gzip: gzipSync, "x-gzip": gzipSync, GZIP: gzipSync, deflate: deflateSync, br: brotliCompressSync };
const ENCODINGS = Object.keys(PACKERS) as (keyof typeof PACKERS)[];
const JSON_TYPE = "application/json";
const NDJSON = "application/x-ndjson";
const AS_ADMIN = { authorization: `Bearer ${ADMIN_KEY}` };
const call = (sourceId: string) => ({ source: "pbx", sourceId, startedAt: "2026-11-20T09:00:00Z" });

/** Posts bytes as they are. */
const postBytes = async (path: string, bytes: Buffer, headers: Record<string, string>) => {
  const reply = await fetch(`${house.url}${path}`, { method: "POST", headers, body: new Uint8Array(bytes) });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};

const CONTACT = {
  AWSContactTraceRecordFormatVersion: "2017-03-10",
  ContactId: "contact-of-a-stream",
  Channel: "VOICE",
  InitiationMethod: "INBOUND",
  InitiationTimestamp: "2026-11-20T10:00:00Z",
  DisconnectTimestamp: "2026-11-20T10:06:00Z",
  LastUpdateTimestamp: "2026-11-20T10:08:00Z",
  CustomerEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+46701740699" },
};
const DELIVERY = JSON.stringify({
  requestId: "delivery-1",
  timestamp: 1_795_000_000_000,
  records: [{ data: Buffer.from(JSON.stringify(CONTACT)).toString("base64") }],
});
const RING = JSON.stringify({ CallSid: "1", resource_id: "CAL1", call_type: "voicemail" });
const FORM = "src=0701740699&dst=0812345678&uniqueid=1.1&linkedid=1.1&disposition=ANSWERED&start=2026-11-20 09:00:00";
const ENTRY_POINTS: [string, string, string, Record<string, string>][] = [
  ["/v1/calls", JSON_TYPE, JSON.stringify(call("1")), AS_ADMIN],
  ["/v1/calls", NDJSON, `${JSON.stringify(call("1"))}\n${JSON.stringify(call("2"))}\n`, AS_ADMIN],
  ["/graphql", JSON_TYPE, JSON.stringify({ query: "{ __typename }" }), AS_ADMIN],
  [
    "/graphql/stream",
    JSON_TYPE,
    JSON.stringify({ query: "{ __typename }" }),
    { ...AS_ADMIN, accept: "text/event-stream" },
  ],
  ["/v1/reports/fallout", JSON_TYPE, "{}", AS_ADMIN],
  ["/v1/webhooks/amazon-connect", JSON_TYPE, DELIVERY, { "x-amz-firehose-access-key": SECRET }],
  ["/v1/webhooks/asterisk", "application/x-www-form-urlencoded", FORM, { "x-webhook-secret": SECRET }],
  ["/v1/webhooks/asterisk", "text/csv", '"","0701740699","0812345678"', { "x-webhook-secret": SECRET }],
  ["/v1/webhooks/callrail", JSON_TYPE, RING, { signature: hmac(SECRET, RING) }],
];

test.each(ENTRY_POINTS)("%s reads %s packed in any way as it reads it plain", async (path, type, text, headers) => {
  const plain = await postBytes(path, Buffer.from(text), { ...headers, "content-type": type });

  const packed = await Promise.all(
    ENCODINGS.map((name) =>
      postBytes(path, PACKERS[name](text), { ...headers, "content-type": type, "content-encoding": name }),
    ),
  );

  const told = ({ status, text: answer }: typeof plain) => [
    status,
    answer.replaceAll(/ACCEPTED|REPEATED|[\w-]{36}/g, ""),
  ];
  expect(plain.status).not.toBe(401);
  expect(packed.map(told)).toEqual(ENCODINGS.map(() => told(plain)));
});

test("case 32: a compressed stream of Firehose is read, and answered with its own request id", async () => {
  const { status, text } = await postBytes("/v1/webhooks/amazon-connect", gzipSync(DELIVERY), {
    "content-type": JSON_TYPE,
    "content-encoding": "gzip",
    "x-amz-firehose-access-key": SECRET,
    "x-amz-firehose-request-id": "delivery-1",
  });

  expect([status, JSON.parse(text).requestId]).toEqual([200, "delivery-1"]);
  expect(await house.db.orm.interaction.findMany()).toMatchObject([{ sourceId: "contact-of-a-stream" }]);
});

const BOMBS: [string, string, string, Record<string, string>][] = [
  ["/v1/calls", JSON_TYPE, " ".repeat(8_000_000), AS_ADMIN],
  ["/graphql", JSON_TYPE, JSON.stringify({ query: "{ __typename }".padEnd(8_000_000) }), AS_ADMIN],
  ["/v1/webhooks/amazon-connect", JSON_TYPE, DELIVERY.padEnd(8_000_000), { "x-amz-firehose-access-key": SECRET }],
  ["/v1/webhooks/asterisk", NDJSON, "\n".repeat(8_000_000), { "x-webhook-secret": SECRET }],
  ["/v1/calls", NDJSON, "\n".repeat(1_000_000), AS_ADMIN],
  ["/v1/calls", NDJSON, " ".repeat(1_000_000), AS_ADMIN],
  ["/v1/calls", NDJSON, `${" ".repeat(200_000)}\n`.repeat(40), AS_ADMIN],
];

/** The default quality takes a quarter of a second for eight megabytes. */
const brotliQuickly = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

test.each(BOMBS)("%s refuses %s that unpacks to more than it takes", async (path, type, text, headers) => {
  for (const [name, pack] of [
    ["gzip", gzipSync],
    ["br", brotliQuickly],
  ] as const) {
    const bytes = pack(text);

    const { status, text: answer } = await postBytes(path, bytes, {
      ...headers,
      "content-type": type,
      "content-encoding": name,
    });

    expect(bytes.length).toBeLessThan(20_000);
    expect([status, answer]).toEqual([413, expect.stringContaining("LIMIT_EXCEEDED")]);
  }
  expect((await fetch(`${house.url}/livez`)).status).toBe(200);
});

const WHOLE = gzipSync(JSON.stringify(call("1")));
test.each([
  ["is not packed", Buffer.from(JSON.stringify(call("1")))],
  ["is cut off", WHOLE.subarray(0, -12)],
  ["is damaged", Buffer.concat([WHOLE.subarray(0, 30), Buffer.alloc(20, 7), WHOLE.subarray(50)])],
])("a body that says gzip and %s gets a reason and a remedy", async (_what, bytes) => {
  for (const type of [JSON_TYPE, NDJSON]) {
    const headers = { ...AS_ADMIN, "content-type": type, "content-encoding": "gzip" };

    const { status, text } = await postBytes("/v1/calls", bytes, headers);

    expect([status, JSON.parse(text).error.code]).toEqual([400, "BAD_INPUT"]);
    expect(JSON.parse(text).error.message).toMatch(/gzip.*pack it again/);
  }
});

test.each(["zstd", "compress", "gzip, br", "aws-chunked"])(
  "a body in %s is told which encodings are read",
  async (name) => {
    const headers = { ...AS_ADMIN, "content-type": JSON_TYPE, "content-encoding": name };

    const reply = await postBytes("/v1/calls", WHOLE, headers);

    expect([reply.status, reply.headers.get("accept-encoding")]).toEqual([415, "gzip, deflate, br"]);
    expect(JSON.parse(reply.text).error.message).toMatch(/gzip, deflate or br/);
  },
);

test("nobody without a key has anything unpacked", async () => {
  const headers = { "content-type": JSON_TYPE, "content-encoding": "gzip" };

  const { status } = await postBytes("/v1/calls", Buffer.from("no gzip"), headers);

  expect(status).toBe(401);
});
