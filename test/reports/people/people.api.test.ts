import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { useApp } from "../../app/use-app.ts";
import { read } from "../../kit/read.ts";

const house = useApp();
const QUERY = `query ($input: PeopleInput!, $first: Int, $after: String) {
  people(input: $input, first: $first, after: $after) {
    customers figure nodes { share customer { id record { region } } } pageInfo { hasNextPage endCursor } knownAt
  }
}`;
const REPORT = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  sets: [
    { name: "web", matcher: { channels: ["WEB"] } },
    { name: "call", matcher: { channels: ["VOICE"] } },
  ],
};
const callers = (knownAt?: string) => ({
  overlap: { report: { ...REPORT, knownAt }, cell: { figure: "MEMBERS", sets: ["call"] } },
});

async function called(custid: string): Promise<void> {
  await house.post("/v1/interactions", {
    source: "acd",
    sourceId: `c${custid}`,
    channelType: "VOICE",
    sessionStartTime: "2026-11-20T09:00:00Z",
    identities: [{ namespace: "custid", value: custid }],
  });
}

const idOf = async (custid: string): Promise<string> => {
  const { data } = await house.ask(`{ customer(identity: { namespace: "custid", value: "${custid}" }) { id } }`);
  return data.customer.id;
};

test("the customers behind a figure come page by page, as they were known, and opening it leaves a trace", async () => {
  await called("1");
  await called("2");
  await setTimeout(5);
  const knownAt = new Date().toISOString();
  await setTimeout(5);
  await called("3");
  const { analyst } = await house.keys();
  const ids = await Promise.all(["1", "2", "3"].map(idOf));

  const first = await house.ask(QUERY, { input: callers(), first: 2 }, analyst);
  const after = first.data.people.pageInfo.endCursor;
  const rest = await house.ask(QUERY, { input: callers(), first: 2, after }, analyst);
  const then = await house.ask(QUERY, { input: callers(knownAt) }, analyst);

  const shown = (...answers: (typeof first)[]) =>
    answers.flatMap(({ data }) => data.people.nodes.map((node: { customer: { id: string } }) => node.customer.id));
  expect(first.data.people).toMatchObject({ customers: 3, figure: 3, pageInfo: { hasNextPage: true } });
  expect(shown(first, rest)).toEqual(ids.toSorted());
  expect(rest.data.people.pageInfo.hasNextPage).toBe(false);
  expect(then.data.people).toMatchObject({ customers: 2, knownAt });
  expect(shown(then)).toEqual(ids.slice(0, 2).toSorted());
  const traces = () =>
    read(house.db, sql`select actor, detail from audit where action = 'people.read' order by detail->>'question'`);
  const detail = { report: "overlap", figure: "MEMBERS", question: expect.stringMatching(/^[0-9a-f]{64}$/) };
  const trace = { actor: "analyst", detail };
  await expect.poll(traces).toEqual([trace, trace, trace]);
  const questions = (await traces()).map((row) => (row as { detail: { question: string } }).detail.question);
  expect(new Set(questions).size).toBe(2);
});

test("whose role reads no reports, or asks for no cell, is told what to change", async () => {
  const { agent } = await house.keys();
  const messageOf = async (input: object, key?: string, more: object = {}) => {
    const { errors } = await house.ask(QUERY, { input, ...more }, key);
    return errors?.[0]?.message;
  };
  const cell = (sets: string[], figure = "REGION") => ({ overlap: { report: REPORT, cell: { figure, sets } } });

  expect(await messageOf(callers(), agent)).toMatch(/reports:read/);
  expect(await messageOf({})).toMatch(/Name a cell of one report/);
  expect(await messageOf(cell(["fax"]))).toBe('The report has no set "fax": it has "web", "call".');
  expect(await messageOf(cell(["web"], "UNION"))).toMatch(/leave out `sets`/);
  expect(await messageOf(cell(["web"]), undefined, { after: "nowhere" })).toMatch(/no cursor of this list/);
  expect(await messageOf(cell(["web"]), undefined, { first: 101 })).toMatch(/between 1 and 100/);
  const [ids] = QUERY.split("nodes");
  const { data } = await house.ask(`${ids} nodes { ...share } } } fragment share on CustomerShare { customerId }`, {
    input: cell(["web"]),
    first: 101,
  });
  expect(data.people.customers).toBe(0);
});
