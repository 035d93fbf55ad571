import { readFileSync } from "node:fs";
import { buildSchema, coerceInputValue, type GraphQLInputType } from "graphql";
import { expect, test } from "vitest";
import { figureName, figureText } from "../../src/console/reports/explore-figures.ts";
import {
  ATTRIBUTES,
  exploreIn,
  groupIn,
  parseMeasures,
  writeMeasures,
} from "../../src/console/reports/explore-input.ts";

const text = readFileSync("schema/schema.graphql", "utf8");
const input = buildSchema(text).getType("AggregateInput") as GraphQLInputType;
const period = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" };

/** What the address asks, with what the schema finds wrong with it. */
function asked(address: string) {
  const question = exploreIn(new URLSearchParams(address));
  const faults: string[] = [];
  coerceInputValue({ ...question, period }, input, (path, _, { message }) => faults.push(`${path}: ${message}`));
  return { ...question, faults };
}

test("asks how many contacts there are where the address says nothing", () => {
  expect(asked("")).toEqual({
    of: "CONTACTS",
    matcher: null,
    groupBy: [],
    measures: [{ measure: "COUNT" }],
    first: 50,
    faults: [],
  });
});

test("asks for what the address says, as the API spells it", () => {
  const { groupBy, measures, matcher, orderBy, faults } = asked(
    "of=CUSTOMERS&rows=age&rows-bounds=18,30&columns=%40MONTH&order=value&events=calls" +
      "&show=SHARE,AVERAGE:agentSeconds,PERCENTILE:queueSeconds:0.9,DISTINCT:CALL_REASON,SUM:TOUCHPOINTS",
  );

  expect(groupBy).toEqual([{ attribute: { attribute: "age", bounds: [18, 30] } }, { interval: "MONTH" }]);
  expect(measures).toEqual([
    { measure: "SHARE" },
    { measure: "AVERAGE", attribute: "agentSeconds" },
    { measure: "PERCENTILE", attribute: "queueSeconds", percentile: 0.9 },
    { measure: "DISTINCT", dimension: "CALL_REASON" },
    { measure: "SUM", number: "TOUCHPOINTS" },
  ]);
  expect([matcher, orderBy, faults]).toEqual([{ kinds: ["CALL"] }, { isRising: true }, []]);
});

test.each([
  ["rows=TEAM", { dimension: "TEAM" }],
  ["rows=TEAM&rows-attribute=extra.tariff", { attribute: { attribute: "extra.tariff" } }],
  [
    "rows-carried=page",
    { carried: { dimension: "PAGE", allocation: "MOST_RECENT", expiry: { container: "SESSION" } } },
  ],
  ["rows-facets=Called%3Dcalls", { facets: [{ name: "Called", matcher: { kinds: ["CALL"] } }] }],
])("tells lines apart by %s", (address, group) => {
  expect(groupIn(new URLSearchParams(address), "rows")).toEqual(group);
  expect(asked(address).faults).toEqual([]);
});

test("figures come back from their address", () => {
  const spelled = "COUNT,MEDIAN:queueSeconds,PERCENTILE:cost.GBP:0.25";

  expect(writeMeasures(parseMeasures(spelled))).toBe(spelled);
});

test("offers attributes that the API knows", () => {
  const [, known = ""] = /one of: (.*?)\. A key of/.exec(text)!;

  expect(ATTRIBUTES.filter((attribute) => !known.split(", ").includes(attribute))).toEqual([]);
});

test("a figure is told in its unit", () => {
  const figures = [
    { measure: "AVERAGE" as const, of: "agentSeconds", value: 500 },
    { measure: "AVERAGE" as const, of: "isResolved", value: 0.5 },
    { measure: "SHARE" as const, of: null, value: 0.25 },
    { measure: "MAX" as const, of: "age", value: 71 },
    { measure: "SUM" as const, of: "cost.GBP", value: null },
  ];

  expect(figures.map((figure) => `${figureName(figure)}: ${figureText(figure)}`)).toEqual([
    "Average of agentSeconds: 8 min 20 s",
    "Average of isResolved: 50%",
    "Share: 25%",
    "Max of age: 71",
    "Sum of cost.GBP: –",
  ]);
});
