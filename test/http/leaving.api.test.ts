import { createClient } from "graphql-ws";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import WebSocket from "ws";
import { ADMIN_KEY, type TestApp, useApp } from "../app/use-app.ts";

const QUESTION = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  metric: { channels: ["VOICE"] },
};
const DOCUMENT = "query($input: HistogramInput!) { histogram(input: $input) { total } }";

// A lock on a table makes every report wait, as long as it is held. What is read for all goes on; the question ends.
let locker: pg.Client | undefined;

afterEach(async () => {
  await locker?.end();
  locker = undefined;
});

async function makeReportsWait(url: string): Promise<void> {
  locker = new pg.Client({ connectionString: url });
  await locker.connect();
  await locker.query("begin; lock table touchpoints in access exclusive mode");
}

/** Questions that the server is still about. */
const questions = ({ app }: TestApp): number => app.core.journeys.asking();

const SUBSCRIBED = {
  once: { asked: DOCUMENT, query: QUESTION },
  again: {
    asked: "subscription($input: KpiInput!) { kpiTick(input: $input, everySeconds: 60) { rows { contacts } } }",
    query: { period: QUESTION.period },
  },
};

const ASKED = {
  "POST /graphql": ["/graphql", { query: DOCUMENT, variables: { input: QUESTION } }],
  "POST /v1/reports/histogram": ["/v1/reports/histogram", QUESTION],
} as const;

test.each(Object.keys(ASKED) as (keyof typeof ASKED)[])("a report ends when its client leaves: %s", async (door) => {
  await makeReportsWait(patient.databaseUrl);
  const client = new AbortController();
  const answer = send(patient.url, { door, signal: client.signal });
  await expect.poll(() => questions(patient)).toBe(1);

  client.abort();

  await expect(answer).rejects.toThrow(/abort/);
  await expect.poll(() => questions(patient), { timeout: 2_000 }).toBe(0);
});

test.each(["a report", "a report that is sent again and again"])(
  "over a socket %s ends when its client leaves",
  async (what) => {
    await makeReportsWait(patient.databaseUrl);
    const { asked, query } = SUBSCRIBED[what === "a report" ? "once" : "again"];
    const client = createClient({
      url: `${patient.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: ADMIN_KEY },
      retryAttempts: 0,
    });
    const answers = client.iterate({ query: asked, variables: { input: query } });
    const answer = answers.next().catch(() => null);
    await expect.poll(() => questions(patient)).toBeGreaterThan(0);

    client.terminate();

    await expect.poll(() => questions(patient), { timeout: 2_000 }).toBe(0);
    await answer;
  },
);

test("over server-sent events a report ends when its client leaves", async () => {
  await makeReportsWait(patient.databaseUrl);
  const client = new AbortController();
  const headers = {
    "content-type": "application/json",
    accept: "text/event-stream",
    authorization: `Bearer ${ADMIN_KEY}`,
  };
  const body = JSON.stringify({ query: DOCUMENT, variables: { input: QUESTION } });
  const answer = fetch(`${patient.url}/graphql/stream`, { method: "POST", headers, body, signal: client.signal })
    .then((reply) => reply.text())
    .catch(() => null);
  await expect.poll(() => questions(patient)).toBe(1);

  client.abort();

  await expect.poll(() => questions(patient), { timeout: 2_000 }).toBe(0);
  await answer;
});

test("many reports that wait for the same end when their clients leave", async () => {
  await makeReportsWait(patient.databaseUrl);
  const client = new AbortController();
  const answers = Array.from({ length: 6 }, () =>
    send(patient.url, { door: "POST /v1/reports/histogram", signal: client.signal }),
  );
  await expect.poll(() => questions(patient)).toBe(6);

  client.abort();

  expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(Array(6).fill("rejected"));
  await expect.poll(() => questions(patient), { timeout: 2_000 }).toBe(0);
  await locker!.query("rollback");
  const next = await send(patient.url, { door: "POST /v1/reports/histogram" });
  expect(next.status).toBe(200);
});

test.each(Object.keys(ASKED) as (keyof typeof ASKED)[])("a report stops at its time limit: %s", async (door) => {
  await makeReportsWait(hasty.databaseUrl);

  const answer = await send(hasty.url, { door });

  expect(answer.status).toBe(door === "POST /graphql" ? 200 : 504);
  const said = await answer.text();
  expect(said).toContain("TIMEOUT");
  expect(said).toContain("again in a few seconds");
  expect(await questions(hasty)).toBe(0);
});

const patient = useApp({ settings: { DATABASE_POOL_SIZE: "3" } });
const hasty = useApp({ settings: { C360_STATEMENT_TIMEOUT_MS: "1000" } });

function send(url: string, { door, signal }: { door: keyof typeof ASKED; signal?: AbortSignal }): Promise<Response> {
  const [path, body] = ASKED[door];
  const headers = { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` };
  return fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body), signal: signal ?? null });
}
