import { expect, test } from "vitest";
import { lookingBackTo } from "../../src/reports/look-back.ts";

const period = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
const inSession = { container: "SESSION" };
const always = { container: "CUSTOMER" };

test.each<[string, object, boolean]>([
  ["nothing but its period", {}, false],
  ["a stage", { conversions: { not: { stages: ["LEAD"] } } }, true],
  ["a dimension of stages", { dimension: "STAGE" }, true],
  ["a sequence", { touches: { sequence: { steps: [] } } }, true],
  ["a facet with a sequence", { facets: [{ name: "a", sequence: { steps: [] } }] }, true],
  ["a sequence within a session", { touches: { sequence: { steps: [], ...inSession } } }, false],
  ["a value that is carried along a session", { carried: { dimension: "PAGE", expiry: inSession } }, false],
  ["a value that is carried for ever", { groupByCarried: [{ dimension: "PAGE", expiry: always }] }, true],
])("whether a question is about all time when it has %s", (_, question, isAllTime) => {
  const back = lookingBackTo({ period, ...question }, 0);

  expect(back === Number.NEGATIVE_INFINITY).toBe(isAllTime);
});
