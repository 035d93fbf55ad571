import { expect, test } from "vitest";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const lines: string[] = [];
const note = (event: string, facts?: object) => void lines.push(JSON.stringify({ event, ...facts }));
const house = useApp({
  settings: { C360_CORS_ORIGINS: "https://desk.example.com", C360_REQUESTS_PER_SECOND: "2" },
  log: { ...openLog("silent"), debug: note, info: note, warn: note, error: note },
});
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${house.url}${path}`, { headers });

test("says that it lives and is ready", async () => {
  const live = await get("/livez");
  const ready = await get("/readyz");

  expect([live.status, ready.status]).toEqual([200, 200]);
  expect(await ready.json()).toEqual({ status: "ok", checks: { process: "ok", database: "ok", migrations: "ok" } });
});

test("counts requests and receipts for Prometheus", async () => {
  const { supervisor } = await house.keys();
  const call = { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z" };
  await house.post("/v1/calls", call, { authorization: `Bearer ${supervisor}` });

  const text = await (await get("/metrics")).text();

  expect(text).toContain('customer360_ingest_receipts_total{entry_point="rest",status="ACCEPTED"} 1');
  expect(text).toContain('customer360_ingest_step_seconds_count{step="stitch"} 1');
  expect(text).toContain('customer360_http_request_seconds_count{method="POST",route="/v1/calls",status="200"} 1');
  expect(text).toMatch(/customer360_database_connections{state="idle"} \d/);
  expect(text).toContain("customer360_nodejs_eventloop_lag_seconds");
});

test("answers pages of the allowed origin only", async () => {
  const ask = async (origin: string) => {
    const preflight = {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    };
    const reply = await fetch(`${house.url}/graphql`, { method: "OPTIONS", headers: preflight });
    return reply.headers.get("access-control-allow-origin");
  };

  expect(await ask("https://desk.example.com")).toBe("https://desk.example.com");
  expect(await ask("https://evil.example.com")).not.toBe("https://evil.example.com");
});

test("tells a key that asks too often when to come back", async () => {
  const { analyst, agent } = await house.keys();

  const replies = await Promise.all(Array.from({ length: 21 }, () => house.ask("{ __typename }", {}, analyst)));
  const other = await house.ask("{ __typename }", {}, agent);
  const refused = await house.post("/graphql", { query: "{ __typename }" }, { authorization: `Bearer ${analyst}` });

  expect(replies.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(other.status).toBe(200);
  expect(refused.headers.get("retry-after")).toMatch(/^([1-9]|10)$/);
  expect(await refused.json()).toEqual({
    errors: [{ message: expect.stringMatching(/ in \d+ seconds\.$/), extensions: { code: "LIMIT_EXCEEDED" } }],
  });
});

test("counts what a key may not ask too, and in REST's words", async () => {
  const { ivr } = await house.keys();
  const ask = () => house.post("/v1/reports/fallout", {}, { authorization: `Bearer ${ivr}` });

  const replies = [];
  for (let i = 0; i < 21; i += 1) replies.push(await ask());

  expect(replies.map(({ status }) => status)).toEqual([...Array(20).fill(403), 429]);
  expect(await replies.at(-1)!.json()).toMatchObject({ error: { code: "LIMIT_EXCEEDED" } });
});

test("counts nobody who needs no key", async () => {
  const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await get("/livez")).status));

  expect(new Set(statuses)).toEqual(new Set([200]));
});

test("answers unknown addresses as JSON", async () => {
  const reply = await get("/v1/unicorns");

  expect(reply.status).toBe(404);
  expect(await reply.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test.each([
  ["PUT", "/v1/calls", "POST"],
  ["POST", "/v1/callers", "GET, HEAD"],
  ["DELETE", "/v1/webhooks/twilio", "POST"],
  ["PUT", "/graphql", "GET, HEAD, POST"],
])("says to %s %s what it takes", async (method, path, allowed) => {
  const reply = await fetch(`${house.url}${path}`, { method, headers: { authorization: `Bearer ${ADMIN_KEY}` } });

  expect([reply.status, reply.headers.get("allow")]).toEqual([405, allowed]);
});

test("publishes what /v1 takes", async () => {
  const document = await (await get("/openapi.json")).json();

  expect(Object.keys((document as { paths: object }).paths)).toContain("/v1/calls");
});

test("writes no address with a telephone number and no key into its log", async () => {
  lines.length = 0;

  await get("/v1/%2B46701234567?phone=%2B46701234567", { authorization: `Bearer ${ADMIN_KEY}` });
  await get("/graphql?query={customer(identity:{namespace:%22phone%22,value:%22%2B46701234567%22}){nope}}", {
    authorization: `Bearer ${ADMIN_KEY}`,
  });

  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toMatch(/4670|c360_/);
});
