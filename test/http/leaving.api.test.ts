import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { ADMIN_KEY, type TestApp, useApp } from "../app/use-app.ts";

const QUESTION = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  metric: { channels: ["VOICE"] },
};
const DOCUMENT = "query($input: HistogramInput!) { histogram(input: $input) { total } }";

// Whoever locks the table makes every report wait, for as long as it takes.
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

/** Statements that wait for the lock; asked from outside its transaction, which would see one moment for ever. */
async function waiting({ db }: TestApp): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%customer_events%'
  `);
  return row!.count;
}

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
