import { expect, test } from "vitest";
import { readFlow } from "../../../src/reports/flow/flow.report.ts";
import { FlowAnchorInput, FlowInput } from "../../../src/reports/flow/flow.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";
import { behind, sharesOf } from "../people/open.ts";

const house = useDatabase();
const journeys = useJourneys(house);
const seen = () => journeys.seenBy(new Set(["customers:personal", "interactions:notes"]));

const call = (time: string, columns: Record<string, unknown>) => ({
  at: at(time),
  channel: "VOICE",
  kind: "CALL",
  columns,
});
const asked = (anchor: Partial<FlowAnchorInput>, more: Partial<FlowInput> = {}) => {
  const calls = { matcher: { kinds: ["CALL" as const] }, position: "CONTAINS" as const };
  const whole = { anchor: ask(FlowAnchorInput, { ...calls, ...anchor }), container: "CUSTOMER" as const };
  return ask(FlowInput, { period: day, stepsBefore: 1, stepsAfter: 1, ...whole, ...more });
};

test("steps show what is said of legs and customers, in ranges too, and each can be opened", async () => {
  await given(house.db, {
    ann: {
      columns: { extra: { tariff: "flat" } },
      events: [call("09:00", { metadata: { branch: "7" }, csat_score: 2 }), call("12:00", { csat_score: 5 })],
    },
    bob: { events: [call("10:00", { metadata: { branch: "8" } }), call("11:00", { csat_score: 4.5 })] },
  });
  const report = asked(
    { attribute: { attribute: "extra.tariff" }, matcher: { attributes: [{ attribute: "csatScore", from: 4 }] } },
    { attributeBefore: { attribute: "metadata.branch" }, attributeAfter: { attribute: "csatScore", bounds: [3] } },
  );

  const { nodes } = await readFlow(seen(), report);

  expect(nodes.map(({ id, count }) => [id, count])).toEqual([
    ["-1/ITEM/7", 1],
    ["-1/ITEM/8", 1],
    ["0/ITEM/flat", 1],
    ["0/NONE", 1],
    ["1/EXIT", 2],
  ]);
  const opened = await behind(seen(), { flow: { report, cell: { node: "-1/ITEM/7", figure: "COUNT" } } });
  expect(sharesOf(opened)).toBe(1);
});

test("after a call with a score come the scores of later ones, in their ranges", async () => {
  await given(house.db, { ann: { events: [call("09:00", { csat_score: 2 }), call("12:00", { csat_score: 5 })] } });
  const scores = { attribute: "csatScore", bounds: [3] };

  const { nodes } = await readFlow(seen(), asked({ attribute: scores }, { attributeAfter: scores, stepsBefore: 0 }));

  expect(nodes.map(({ id, count }) => [id, count])).toEqual([
    ["0/ITEM/3 and more", 1],
    ["0/ITEM/below 3", 1],
    ["1/ITEM/3 and more", 1],
    ["1/EXIT", 1],
  ]);
});

test.each([
  [{ attributeBefore: { attribute: "products" } }, "list of texts"],
  [{ attributeAfter: { attribute: "csatScore" } }, "name the `bounds`"],
  [
    { attributeAfter: { attribute: "region" }, carriedAfter: { dimension: "PAGE", allocation: "ORIGINAL" } },
    "leave the",
  ],
] as [Partial<FlowInput>, string][])("%j is refused with the remedy", async (more, remedy) => {
  await expect(readFlow(seen(), asked({}, more))).rejects.toThrow(remedy);
});
