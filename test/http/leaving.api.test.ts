import { createClient } from "graphql-ws";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import WebSocket from "ws";
import { sql } from "../../src/db/sql.ts";
import { ADMIN_KEY, type TestApp, useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";

const QUESTION = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  metric: { channels: ["VOICE"] },
};
const DOCUMENT = "query($input: HistogramInput!) { histogram(input: $input) { total } }";

// A lock on the table makes every report wait, as long as it is held.
let locker: pg.Client | undefined;

afterEach(async () => {
  await locker?.end();
  locker = undefined;
});

async function makeReportsWait(url: string, table = "touchpoints"): Promise<void> {
  locker = new pg.Client({ connectionString: url });
  await locker.connect();
  await locker.query(`begin; lock table ${table} in access exclusive mode`);
}

/** Statements that wait for the lock; asked from outside its transaction, which would see one moment for ever. */
async function waiting({ db }: TestApp): Promise<number> {
  const [row] = await read<{ count: number }>(
    db,
    sql`
      select count(*)::int as count
      from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query ~ 'customer_totals|customer_events|told as materialized'
    `,
  );
  return row!.count;
}

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

test.each(Object.keys(ASKED) as (keyof typeof ASKED)[])("a report ends when its client leaves: %s", async (asked) => {
  await makeReportsWait(patient.databaseUrl);
  const client = new AbortController();
  const answer = send(patient.url, { asked, signal: client.signal });
  await expect.poll(() => waiting(patient)).toBe(1);

  client.abort();

  await expect(answer).rejects.toThrow(/abort/);
  await expect.poll(() => waiting(patient), { timeout: 2_000 }).toBe(0);
});

test.each(["a report", "a report that is sent again and again"])(
  "over a socket %s ends when its client leaves",
  async (what) => {
    await makeReportsWait(patient.databaseUrl, what === "a report" ? "touchpoints" : "interactions");
    const { asked, query } = SUBSCRIBED[what === "a report" ? "once" : "again"];
    const client = createClient({
      url: `${patient.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: ADMIN_KEY },
      retryAttempts: 0,
    });
    const answers = client.iterate({ query: asked, variables: { input: query } });
    const answer = answers.next().catch(() => null);
    await expect.poll(() => waiting(patient)).toBeGreaterThan(0);

    client.terminate();

    await expect.poll(() => waiting(patient), { timeout: 2_000 }).toBe(0);
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
  await expect.poll(() => waiting(patient)).toBe(1);

  client.abort();

  await expect.poll(() => waiting(patient), { timeout: 2_000 }).toBe(0);
  await answer;
});

test("more reports than there are connections end when their clients leave, those in the queue unasked", async () => {
  await makeReportsWait(patient.databaseUrl);
  const client = new AbortController();
  const answers = Array.from({ length: 6 }, () =>
    send(patient.url, { asked: "POST /v1/reports/histogram", signal: client.signal }),
  );
  await expect.poll(() => waiting(patient)).toBe(3);

  client.abort();

  expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(Array(6).fill("rejected"));
  await expect.poll(() => waiting(patient), { timeout: 2_000 }).toBe(0);
  await locker!.query("rollback");
  const next = await send(patient.url, { asked: "POST /v1/reports/histogram" });
  expect(next.status).toBe(200);
});

test.each(Object.keys(ASKED) as (keyof typeof ASKED)[])(
  "a report stops at the statement timeout: %s",
  async (asked) => {
    await makeReportsWait(hasty.databaseUrl);

    const answer = await send(hasty.url, { asked });

    expect(answer.status).toBe(asked === "POST /graphql" ? 200 : 504);
    const said = await answer.text();
    expect(said).toContain("TIMEOUT");
    expect(said).toContain("shorter period");
    expect(await waiting(hasty)).toBe(0);
  },
);

const patient = useApp({ settings: { DATABASE_POOL_SIZE: "3" } });
const hasty = useApp({ settings: { C360_STATEMENT_TIMEOUT_MS: "1000" } });

function send(url: string, { asked, signal }: { asked: keyof typeof ASKED; signal?: AbortSignal }): Promise<Response> {
  const [path, body] = ASKED[asked];
  const headers = { "content-type": "application/json", authorization: `Bearer ${ADMIN_KEY}` };
  return fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body), signal: signal ?? null });
}
