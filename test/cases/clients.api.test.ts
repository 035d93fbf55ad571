import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const PAGE = "https://cockpit.example.org";
const house = useApp({
  settings: {
    C360_CORS_ORIGINS: PAGE,
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

const call = (sourceId: string) => ({ source: "pbx", sourceId, startedAt: "2026-11-20T09:00:00Z" });
const AS_ADMIN = { authorization: `Bearer ${ADMIN_KEY}` };

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

test.each(["phne=%2B46701740699&dialled=%2B46812345678&source=ivr", "phne=%2B46701740699&intent=pay"])(
  "a look-up by '%s' names nobody whom we read: it is refused, and not answered as a withheld number",
  async (query) => {
    const { status, body } = await lookUp(query);

    expect([status, body.isWithheld]).toEqual([400, undefined]);
    expect(body.error.message).toMatch(/^Not a parameter: phne\. Send phone or another/);
  },
);

test("a look-up that asks nothing we read is refused, and repeats no telephone number", async () => {
  const [typo, number] = [await lookUp("typo=%2B46701740699"), await lookUp("%2B46701740699=")];

  expect([typo.status, typo.body.error.code, number.status]).toEqual([400, "BAD_INPUT", 400]);
  expect(typo.body.error.message).toMatch(/^Not a parameter: typo\. Send phone/);
  expect(number.body.error.message).toMatch(/^Not a parameter: 1 other\./);
  expect(JSON.stringify([typo, number])).not.toMatch(/4670/);
});
