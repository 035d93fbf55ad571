import { expect, test } from "vitest";
import { partIn } from "../../src/console/builder/asked.ts";

test.each([
  ["", "", null],
  ["reg", "", null],
  ["region=", "", "region"],
  ["age=30..65, reg", "age=30..65, ", null],
  ["age=30..65, region=Lon", "age=30..65, ", "region"],
  ["extra.plan=a=b", "", "extra.plan"],
])("of %j the suggestions follow %j, and are values of %j", (typed, before, attribute) => {
  expect(partIn(typed)).toEqual({ before, attribute });
});
