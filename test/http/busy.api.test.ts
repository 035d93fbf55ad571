import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

const QUESTION = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  metric: { channels: ["VOICE"] },
};
const DOCUMENT = "query($input: HistogramInput!) { histogram(input: $input) { total } }";
/** One is answered, and so many wait. */
const ROOM = 51;

const house = useApp({ settings: { C360_STATEMENT_TIMEOUT_MS: "60000", C360_REQUESTS_PER_SECOND: "1000" } });
let locker: pg.Client | undefined;
afterEach(() => locker?.end());

const overGraphql = () => house.post("/graphql", { query: DOCUMENT, variables: { input: QUESTION } });
const overRest = () => house.post("/v1/reports/histogram", QUESTION);

test("who finds fifty reports waiting is told when to come again, and all else goes on", async () => {
  expect((await overRest()).status).toBe(200);
  locker = new pg.Client({ connectionString: house.databaseUrl });
  await locker.connect();
  await locker.query("begin; lock table customer_changes in access exclusive mode");
  const waiting = Array.from({ length: ROOM }, overRest);
  await expect.poll(() => house.app.core.journeys.asking()).toBe(ROOM);

  const [graphql, rest] = [await overGraphql(), await overRest()];
  const [ready, metrics] = await Promise.all(["/readyz", "/metrics"].map((path) => fetch(house.url + path)));

  expect([rest.status, rest.headers.get("retry-after")]).toEqual([503, "2"]);
  expect([graphql.status, graphql.headers.get("retry-after")]).toEqual([200, "2"]);
  expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: "UNAVAILABLE" } }] });
  expect(ready!.status).toBe(200);
  const told = await metrics!.text();
  expect(told).toContain(`customer360_reports_asked ${ROOM}`);
  expect(told).toMatch(/^customer360_report_workers [1-9]/m);
  await locker.query("rollback");
  const answers = await Promise.all(waiting);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});
