import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const PAGE = "https://cockpit.example.org";
const house = useApp({ settings: { C360_CORS_ORIGINS: PAGE } });

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
