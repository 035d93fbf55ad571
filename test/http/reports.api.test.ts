import { expect, test } from "vitest";
import { reportsOf } from "../../src/graphql/engine/reports.ts";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";

const DAY = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const house = useApp();
const reports = reportsOf(createSchema());

/** What is asked beside a report's own example, for tables with more in them. */
const MORE: Readonly<Record<string, object>> = {
  attribution: { models: [{ kind: "LINEAR" }, { kind: "MARKOV" }], splitBy: "CALL_REASON" },
  histogram: { bounds: [1, 2] },
  "call-propensity": { minimumExposures: 1, dimension: "PAGE", model: { kind: "LINEAR" } },
  "contact-centre-kpis": { groupBy: ["CALL_REASON"], interval: "DAY" },
};
/** A question for each report, in the words of its GraphQL input. */
const QUESTIONS: Readonly<Record<string, object>> = Object.fromEntries(
  reports.map(({ name, example }) => [name, { period: DAY, ...example, ...MORE[name] }]),
);

async function get(
  name: string,
  input: unknown,
  { accept = "*/*", key = ADMIN_KEY }: { accept?: string; key?: string } = {},
) {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  const headers = { accept, authorization: `Bearer ${key}` };
  const reply = await fetch(`${house.url}/v1/reports/${name}?input=${encodeURIComponent(text)}`, { headers });
  return { status: reply.status, type: reply.headers.get("content-type"), text: await reply.text() };
}

/** Ann reads two pages, the second named by a prankster, and calls about it. An app remembers names, so each test has its own. */
async function tell(test: string): Promise<void> {
  const ann = [{ namespace: "custid", value: "1" }];
  const page = { source: "web", identities: ann, kind: "PAGE_VIEW", channel: "WEB" };
  await house.post("/v1/touchpoints", [
    { ...page, sourceId: "1", occurredAt: "2026-11-20T09:00:00Z", url: `https://bank.example/help/${test}` },
    { ...page, sourceId: "2", occurredAt: "2026-11-20T09:05:00Z", name: `=1+1,"${test}"` },
  ]);
  const call = { source: "acd", sourceId: "c", identities: ann, startedAt: "2026-11-20T09:10:00Z" };
  const cost = { amount: "12.50", currency: "EUR" };
  await house.post("/v1/calls", { ...call, durationSeconds: 60, callReason: "-bill", outcome: "HANDLED", cost });
}

test.each(Object.keys(QUESTIONS))("%s answers over GET, over POST and in GraphQL the same", async (name) => {
  await tell(name);
  const input = QUESTIONS[name]!;
  const report = reports.find((one) => one.name === name)!;

  const got = await get(name, input);
  const posted = await house.post(`/v1/reports/${name}`, input);
  const asked = await house.ask(report.query, { input });

  expect(got).toMatchObject({ status: 200, type: "application/json; charset=utf-8" });
  // Each was read when it was asked for.
  const said = { ...asked.data[report.field], knownAt: expect.stringMatching(/^20.*Z$/) };
  expect(JSON.parse(got.text)).toEqual(said);
  expect(await posted.json()).toEqual(said);
  const csv = await get(name, input, { accept: "text/csv" });
  expect(csv).toMatchObject({ status: 200, type: "text/csv; charset=utf-8; header=present" });
  expect(csv.text).toMatch(/^\w[^\r\n]*\r\n(.*\r\n)+$/s);
});

test("as CSV nothing is lost, nothing is a formula, and numbers stay numbers", async () => {
  await tell("csv");
  const csvOf = async (name: string) => (await get(name, QUESTIONS[name], { accept: "text/csv" })).text.split("\r\n");

  expect(await csvOf("attribution")).toEqual([
    "model,part,item,section,split,credit,share,conversions",
    ...["LINEAR", "MARKOV"].flatMap((model) => [
      `${model},ITEM,/help/csv,help,,0.5,0.5,1`,
      `${model},ITEM_SPLIT,/help/csv,help,'-bill,0.5,,`,
      `${model},ITEM,"'=1+1,""csv""",,,0.5,0.5,1`,
      `${model},ITEM_SPLIT,"'=1+1,""csv""",,'-bill,0.5,,`,
      `${model},OTHER_ITEMS,,,,0,,`,
      ...["NO_IDENTITY", "NO_TOUCH_IN_WINDOW", "OUT_OF_SESSION", "EXCLUDED_BY_FILTER"].map(
        (reason) => `${model},UNATTRIBUTED,${reason},,,0,,`,
      ),
      `${model},TOTAL,,,,1,,1`,
    ]),
    "",
  ]);
  expect(await csvOf("flow")).toContain("NODE,-2,ITEM,/help/csv,,,,1,1,1");
  expect(await csvOf("channel-performance")).toContain("VOICE,1,1,1,0,,,12.5,EUR");
});

test("as CSV no amount loses a digit, and one below zero is no formula", async () => {
  const call = { source: "acd", startedAt: "2026-11-20T09:10:00Z", durationSeconds: 60 };
  const costs = { great: "123456789012345.123456", back: "-12.50" };
  for (const [campaign, amount] of Object.entries(costs)) {
    await house.post("/v1/calls", { ...call, sourceId: campaign, campaign, cost: { amount, currency: "EUR" } });
  }

  const { text } = await get("channel-performance", { period: DAY }, { accept: "text/csv" });

  expect(text).toContain("great,1,1,0,0,,,123456789012345.123456,EUR\r\n");
  expect(text).toContain("back,1,1,0,0,,,-12.5,EUR\r\n");
});

test("a table has a column for a dimension that is not in a list", async () => {
  const headerOf = async (groupBy: unknown) => {
    const input = { ...QUESTIONS["contact-centre-kpis"], groupBy };
    return (await get("contact-centre-kpis", input, { accept: "text/csv" })).text.split("\r\n")[0]!;
  };

  expect(await headerOf("CALL_REASON")).toMatch(/^CALL_REASON,bucketStart,/);
  expect(await headerOf("CALL_REASON")).toBe(await headerOf(["CALL_REASON"]));
});

test("an impossible question is refused in the words of GraphQL", async () => {
  const refusal = async (input: unknown) => {
    const { status, text } = await get("overlap", input, { accept: "text/csv" });
    return { status, ...JSON.parse(text).error };
  };
  const { sets } = QUESTIONS.overlap as { sets: object[] };
  const one = { period: DAY, sets: sets.slice(1) };
  const asked = await house.ask("query($input: OverlapInput!) { overlap(input: $input) { union } }", { input: one });

  expect(await refusal(one)).toEqual({ status: 400, code: "BAD_INPUT", message: asked.errors![0]!.message });
  expect(await refusal({ ...one, colour: 1 })).toMatchObject({
    status: 400,
    message: expect.stringContaining("colour"),
  });
  for (const nothing of ["", "{", "[]", "null"]) {
    expect(await refusal(nothing)).toMatchObject({ status: 400, message: expect.stringContaining("`input`") });
  }
});

test("only who may read reports gets one, and what is none is nothing", async () => {
  const { analyst, agent } = await house.keys();
  const status = async (name: string, key: string) => (await get(name, QUESTIONS.histogram, { key })).status;

  expect(await status("histogram", analyst)).toBe(200);
  expect(await status("histogram", agent)).toBe(403);
  expect(await status("histogram", "c360_nobody")).toBe(401);
  expect(await status("customers", analyst)).toBe(404);
});

test.each([
  ["text/csv", "text/csv"],
  ["application/json, text/csv;q=0.5", "application/json"],
  ["text/csv, application/json;q=0.9", "text/csv"],
  ["text/csv;q=0", "application/json"],
  ["text/html, */*", "application/json"],
])("who accepts %s gets %s", async (accept, type) => {
  expect((await get("histogram", QUESTIONS.histogram, { accept })).type).toMatch(new RegExp(`^${type};`));
});
