import { expect, test } from "vitest";
import { readFlow } from "../../../src/reports/flow/flow.report.ts";
import { FlowAnchorInput, FlowInput, type FlowReportType } from "../../../src/reports/flow/flow.type.ts";
import type { KnownReport } from "../../../src/reports/known.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const CALLS = ask(FlowAnchorInput, { matcher: { kinds: ["CALL"] } });
const around = (question: Partial<FlowInput>) => ask(FlowInput, { period: day, anchor: CALLS, ...question });
const drawn = ({ nodes, links }: Omit<FlowReportType, keyof KnownReport>) => [
  ...nodes.map(({ id, count }) => `${id}: ${count}`),
  ...links.map(({ sourceNodeId, targetNodeId, count }) => `${sourceNodeId} > ${targetNodeId}: ${count}`),
];

test("draws the pages before each call and the reasons of the calls after it", async () => {
  await given(house.db, {
    ann: "page /home 09:00 > page /billing 09:05 > call invoice 09:10 > call claim 09:20",
    bob: "page /home 10:00 > page /home 10:05 > page /billing 10:06 > call invoice 10:10",
    cat: "call claim 11:00",
    nobody: { identity: "RECORD", events: [{ at: at("12:00"), channel: "VOICE", kind: "CALL" }] },
  });

  const report = await readFlow(journeys, around({}));

  expect(drawn(report)).toEqual([
    "-2/ITEM//home: 3",
    "-1/ITEM//billing: 3",
    "-1/ENTRY: 2",
    "0/ITEM/claim: 2",
    "0/ITEM/invoice: 2",
    "0/NONE: 1",
    "1/ITEM/claim: 1",
    "1/EXIT: 4",
    "-2/ITEM//home > -1/ITEM//billing: 3",
    "-1/ITEM//billing > 0/ITEM/invoice: 2",
    "-1/ITEM//billing > 0/ITEM/claim: 1",
    "-1/ENTRY > 0/ITEM/claim: 1",
    "-1/ENTRY > 0/NONE: 1",
    "0/ITEM/claim > 1/EXIT: 2",
    "0/ITEM/invoice > 1/ITEM/claim: 1",
    "0/ITEM/invoice > 1/EXIT: 1",
    "0/NONE > 1/EXIT: 1",
  ]);
  expect(report.nodes[1]).toEqual({
    id: "-1/ITEM//billing",
    step: -1,
    kind: "ITEM",
    item: "/billing",
    count: 3,
    customers: 2,
    shareOfAnchor: 3 / 5,
  });
  expect(report.nodes.find(({ kind }) => kind === "NONE")!.customers).toBe(0);
});

test("counts a page that follows itself once, unless repeats are asked for", async () => {
  await given(house.db, { ann: "page /a 09:00 > page /b 09:01 > page /b 09:02 > page /b 09:03 > page /c 09:04" });
  const question = around({
    anchor: ask(FlowAnchorInput, { matcher: { names: ["/b"] }, dimension: "PAGE" }),
    stepsBefore: 1,
    dimensionAfter: "PAGE",
  });

  const once = await readFlow(journeys, question);
  const repeated = await readFlow(journeys, { ...question, includeRepeats: true });

  expect(drawn(once).slice(0, 3)).toEqual(["-1/ITEM//a: 1", "0/ITEM//b: 1", "1/ITEM//c: 1"]);
  expect(drawn(repeated).slice(0, 5)).toEqual([
    "-1/ITEM//b: 2",
    "-1/ITEM//a: 1",
    "0/ITEM//b: 3",
    "1/ITEM//b: 2",
    "1/ITEM//c: 1",
  ]);
});

test("goes beyond a pause only in the customer's container, and past what is excluded", async () => {
  await given(house.db, { ann: "page /a 08:00 > page /b 09:00 > page /menu 09:05 > call x 09:10 > call y 12:00" });

  const session = await readFlow(journeys, around({ exclude: { names: ["/menu"] } }));
  const customer = await readFlow(journeys, around({ exclude: { names: ["/menu"] }, container: "CUSTOMER" }));

  expect(drawn(session).slice(0, 6)).toEqual([
    "-2/ENTRY: 1",
    "-1/ITEM//b: 1",
    "-1/ENTRY: 1",
    "0/ITEM/x: 1",
    "0/ITEM/y: 1",
    "1/EXIT: 2",
  ]);
  expect(drawn(customer).slice(0, 6)).toEqual([
    "-2/ITEM//a: 2",
    "-1/ITEM//b: 2",
    "0/ITEM/x: 1",
    "0/ITEM/y: 1",
    "1/ITEM/y: 1",
    "1/EXIT: 1",
  ]);
});

test("keeps a session together through a long call, beyond the ends of the period", async () => {
  await given(house.db, { ann: "page /a 23:50 > call x 23:55-3T00:40 > page /b 3T01:05 > call y 3T01:10" });
  const period = { from: at("23:54"), to: at("23:56") };

  const report = await readFlow(journeys, around({ period, stepsBefore: 1 }));

  expect(drawn(report).slice(0, 3)).toEqual(["-1/ITEM//a: 1", "0/ITEM/x: 1", "1/ITEM/y: 1"]);
});

test("puts what is not among the most frequent under OTHER and goes on through it", async () => {
  await given(house.db, {
    ann: "page /home 09:00 > page /a 09:01 > call x 09:02",
    bob: "page /home 09:00 > page /a 09:01 > call x 09:02",
    cat: "page /home 09:00 > page /b 09:01 > call y 09:02",
    dan: "page /home 09:00 > page /c 09:01 > call z 09:02",
  });

  const { nodes, links } = await readFlow(journeys, around({ itemsPerStep: 1, stepsAfter: 0 }));

  expect(drawn({ nodes, links })).toEqual([
    "-2/ITEM//home: 4",
    "-1/ITEM//a: 2",
    "-1/OTHER: 2",
    "0/ITEM/x: 2",
    "0/OTHER: 2",
    "-2/ITEM//home > -1/ITEM//a: 2",
    "-2/ITEM//home > -1/OTHER: 2",
    "-1/ITEM//a > 0/ITEM/x: 2",
    "-1/OTHER > 0/OTHER: 2",
  ]);
});

test("follows one path for each session or customer, from the first occurrence or the last", async () => {
  await given(house.db, {
    ann: "page /a 09:00 > call x 09:05 > page /b 09:10 > call x 09:15 > page /c 15:00 > call x 15:05",
    nobody: { identity: "RECORD", events: [{ at: at("12:00"), channel: "VOICE", kind: "CALL", callReason: "x" }] },
  });
  const steps = { stepsBefore: 1, stepsAfter: 0 };
  const before = async (question: Partial<FlowInput>) =>
    drawn(await readFlow(journeys, around({ ...steps, ...question }))).filter((line) => /^-1[^>]*$/.test(line));

  expect(await before({})).toEqual(["-1/ITEM//a: 1", "-1/ITEM//b: 1", "-1/ITEM//c: 1", "-1/ENTRY: 1"]);
  expect(await before({ countBy: "SESSION" })).toEqual(["-1/ITEM//a: 1", "-1/ITEM//c: 1", "-1/ENTRY: 1"]);
  expect(await before({ countBy: "CUSTOMER" })).toEqual(["-1/ITEM//a: 1"]);
  expect(await before({ occurrence: "LAST" })).toEqual(["-1/ITEM//b: 1", "-1/ITEM//c: 1", "-1/ENTRY: 1"]);
  expect(await before({ countBy: "CUSTOMER", occurrence: "LAST" })).toEqual(["-1/ITEM//c: 1"]);
});

test("shows only what came after an anchor that starts the flow, and before one that ends it", async () => {
  await given(house.db, { ann: "page /a 09:00 > call x 09:05 > call y 09:10" });
  const first = { ...CALLS, matcher: { callReasons: ["x"] } };

  const starts = await readFlow(journeys, around({ anchor: { ...first, position: "STARTS_WITH" } }));
  const ends = await readFlow(journeys, around({ anchor: { ...first, position: "ENDS_WITH" } }));

  expect(starts.nodes.map(({ id }) => id)).toEqual(["0/ITEM/x", "1/ITEM/y"]);
  expect(ends.nodes.map(({ id }) => id)).toEqual(["-2/ENTRY", "-1/ITEM//a", "0/ITEM/x"]);
});

test("answers an empty period with nothing", async () => {
  await given(house.db, { ann: "call x 3T10:00" });

  expect(await readFlow(journeys, around({}))).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    nodes: [],
    links: [],
  });
});

test("says what to change in an impossible question", async () => {
  const reading = (question: Partial<FlowInput>) => readFlow(journeys, around(question));

  await expect(reading({ stepsBefore: 6 })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: "`stepsBefore` is 6: give a number from 0 to 5.",
  });
  await expect(reading({ itemsPerStep: 11 })).rejects.toThrow("from 1 to 10");
  await expect(reading({ stepsBefore: 0, stepsAfter: 0 })).rejects.toThrow("a step besides its anchor");
  await expect(reading({ anchor: { ...CALLS, position: "ENDS_WITH" }, stepsBefore: 0 })).rejects.toThrow("`position`");
  await expect(reading({ sessionTimeoutMinutes: 0 })).rejects.toThrow("from 1 to");
});
