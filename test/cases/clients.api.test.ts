import { createHash } from "node:crypto";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { hmac } from "../http/vendors.ts";

const PAGE = "https://cockpit.example.org";
const SECRET = "a-secret-of-every-sender";
const SENDERS_OF_HOOKS = ["amazon-connect", "asterisk", "callrail"];
const house = useApp({
  settings: {
    C360_CORS_ORIGINS: PAGE,
    C360_MAX_LINES: "1000",
    C360_MAX_UNPACKED_BYTES: "4000000",
    C360_WEBHOOK_SECRETS: JSON.stringify(Object.fromEntries(SENDERS_OF_HOOKS.map((name) => [name, [SECRET]]))),
  },
});

const TRACE = ["traceparent", "tracestate", "baggage"];
const SENDERS: [string, string, string, string[]][] = [
  [
    "case 31: Apollo Client with a name",
    "POST",
    "/graphql",
    ["apollographql-client-name", "apollographql-client-version"],
  ],
  ["Apollo Client past a check for forged requests", "GET", "/graphql", ["apollo-require-preflight"]],
  ["Apollo's mobile clients", "POST", "/graphql", ["x-apollo-operation-name", "x-apollo-operation-type"]],
  ["urql, and Yoga's clients", "POST", "/graphql", ["graphql-require-preflight"]],
  ["Relay behind OpenTelemetry", "POST", "/graphql", [...TRACE, "x-requested-with"]],
  ["a listener that comes back", "GET", "/graphql/stream", ["last-event-id", "cache-control", ...TRACE]],
  ["a tracer of another make", "POST", "/v1/touchpoints", ["b3", "sentry-trace", "x-datadog-trace-id"]],
  ["a sender of its own making", "POST", "/v1/calls", ["idempotency-key", "x-api-key", "x-request-id"]],
  ["a sender that compresses", "POST", "/v1/calls", ["content-encoding"]],
];

/** What a browser does with the answer to its preflight: which of the headers it refuses to send. */
function refusedIn(reply: Response, asked: readonly string[]): string[] {
  if (reply.headers.get("access-control-allow-origin") !== PAGE) return [...asked];
  const allowed = (reply.headers.get("access-control-allow-headers") ?? "").toLowerCase().split(/\s*,\s*/);
  return asked.filter((name) => !allowed.includes(name) && (name === "authorization" || !allowed.includes("*")));
}

const preflight = (method: string, path: string, headers: readonly string[], origin = PAGE) =>
  fetch(`${house.url}${path}`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": headers.join(","),
    },
  });

test.each(SENDERS)("a browser lets %s through", async (_who, method, path, own) => {
  const asked = ["authorization", "content-type", ...own];

  const reply = await preflight(method, path, asked);

  expect([reply.status, refusedIn(reply, asked)]).toEqual([204, []]);
  expect(reply.headers.get("access-control-allow-methods")).toContain(method);
  expect(reply.headers.get("access-control-allow-headers")?.split(", ")).toEqual(expect.arrayContaining(own));
});

test("a header that nobody has heard of passes from an allowed page, and none from another", async () => {
  const asked = ["authorization", "x-tracer-of-next-year"];

  const [ours, theirs] = await Promise.all([
    preflight("POST", "/graphql", asked),
    preflight("POST", "/graphql", asked, "https://elsewhere.example.net"),
  ]);

  expect([refusedIn(ours, asked), refusedIn(theirs, asked)]).toEqual([[], asked]);
});

test.each([
  ["an answer", "/graphql", { query: "{ __typename }" }, ADMIN_KEY, 200],
  ["a refusal", "/graphql", { query: "{ __typename }" }, "c360_nobody", 401],
  ["a stream", "/graphql/stream", { query: "{ __typename }" }, ADMIN_KEY, 200],
  ["a receipt", "/v1/calls", { source: "pbx", sourceId: "1", startedAt: "2026-11-20T09:00:00Z" }, ADMIN_KEY, 200],
])("a page reads %s, and the headers that clients look at", async (_what, path, body, key, status) => {
  const reply = await house.post(path, body, {
    origin: PAGE,
    authorization: `Bearer ${key}`,
    accept: path.endsWith("/stream") ? "text/event-stream" : "application/json",
  });
  await reply.text();

  const exposed = reply.headers.get("access-control-expose-headers")?.split(", ");
  expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([status, PAGE]);
  expect(exposed).toEqual(expect.arrayContaining(["idempotency-replayed", "retry-after", "x-request-id"]));
});

const QUERY = "{ viewer { name } }";
const sha256Hash = createHash("sha256").update(QUERY).digest("hex");
const PERSISTED = { persistedQuery: { version: 1, sha256Hash } };

test.each([
  ["case 33: with its document", "POST", { query: QUERY, extensions: PERSISTED }],
  ["as a hash alone", "POST", { extensions: PERSISTED }],
  ["as a hash in the address", "GET", { extensions: PERSISTED }],
])("a persisted query is refused as Apollo's clients expect, %s", async (_how, method, asked) => {
  const reply =
    method === "POST"
      ? await house.post("/graphql", asked)
      : await fetch(`${house.url}/graphql?extensions=${encodeURIComponent(JSON.stringify(asked.extensions))}`, {
          headers: { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" },
        });

  expect(await reply.json()).toEqual({
    errors: [{ message: "PersistedQueryNotSupported", extensions: { code: "PERSISTED_QUERY_NOT_SUPPORTED" } }],
  });
  expect(reply.status).toBe(200);
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
const DOORS: [string, string, string, Record<string, string>][] = [
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

test.each(DOORS)("%s reads %s packed in any way as it reads it plain", async (path, type, text, headers) => {
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

test.each(BOMBS)("%s refuses %s that unpacks to more than it takes", async (path, type, text, headers) => {
  for (const [name, pack] of [
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
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

const noTime = (sourceId: string) => ({ source: "pbx", sourceId });
const postJson = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const reply = await house.post(path, body, headers);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  return { status: reply.status, body: (await reply.json()) as any };
};

test.each(["calls", "interactions", "touchpoints", "customers"])(
  "one rejected record of %s is a refused request",
  async (plural) => {
    const { status, body } = await postJson(`/v1/${plural}`, noTime("1"));

    expect(status).toBe(422);
    expect(body).toMatchObject({
      receipts: [{ status: "REJECTED", reason: expect.any(String) }],
      counts: { REJECTED: 1 },
    });
    expect(body.error).toEqual({ code: "REJECTED", message: body.receipts[0].message });
  },
);

test("of several records each has its receipt, also when all are rejected, and one in a list is a list", async () => {
  const lists = [[noTime("1"), noTime("2")], [noTime("3")], { records: [noTime("4")] }, [call("5"), noTime("6")]];

  const answers = await Promise.all(lists.map((list) => postJson("/v1/calls", list)));

  expect(answers.map(({ status, body }) => [status, body.counts, body.error])).toEqual([
    [200, { REJECTED: 2 }, undefined],
    [200, { REJECTED: 1 }, undefined],
    [200, { REJECTED: 1 }, undefined],
    [200, { ACCEPTED: 1, REJECTED: 1 }, undefined],
  ]);
});

test("a rejected record is refused again under its key, and a conflict has its receipt", async () => {
  const key = { "idempotency-key": "one-rejected" };

  const [first, again] = [await postJson("/v1/calls", noTime("1"), key), await postJson("/v1/calls", noTime("1"), key)];
  await postJson("/v1/calls", call("2"));
  const conflict = await postJson("/v1/calls", { ...call("2"), durationSeconds: 60 });

  expect([first.status, again]).toEqual([422, first]);
  expect([conflict.status, conflict.body.counts]).toEqual([200, { CONFLICT: 1 }]);
});

const lookUp = async (query: string) => {
  const reply = await fetch(`${house.url}/v1/callers?${query}`, { headers: AS_ADMIN });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  return { status: reply.status, body: (await reply.json()) as any };
};

test("a look-up with a mistyped parameter is answered, and says which one", async () => {
  const { status, body } = await lookUp("phone=%2B46701740699&dialed=%2B46812345678&shoesize=1");

  expect([status, body.isWithheld]).toEqual([200, "false"]);
  expect(body.warning).toMatch(/^Not a parameter: dialed, shoesize\. .*dialled/);
  expect(Object.values(body).every((value) => typeof value === "string")).toBe(true);
});

test.each(["", "phone=", "Phone=%2B46701740699", "custid@crm=1&dialled=12&intent=pay&source=ivr"])(
  "a look-up by '%s' has nothing to be warned of",
  async (query) => {
    const { status, body } = await lookUp(query);

    expect([status, body.warning]).toEqual([200, undefined]);
  },
);

test("a look-up that asks nothing we read is refused, and repeats no telephone number", async () => {
  const [typo, number] = [await lookUp("typo=%2B46701740699"), await lookUp("%2B46701740699=")];

  expect([typo.status, typo.body.error.code, number.status]).toEqual([400, "BAD_INPUT", 400]);
  expect(typo.body.error.message).toMatch(/^Not a parameter: typo\. Send phone/);
  expect(number.body.error.message).toMatch(/^Not a parameter: 1 other\./);
  expect(JSON.stringify([typo, number])).not.toMatch(/4670/);
});
