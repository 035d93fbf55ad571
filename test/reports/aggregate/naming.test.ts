import { expect, test } from "vitest";
import { compareValues } from "../../../src/reports/aggregate/naming.ts";

const NAMES = new Map([
  [0, "b"],
  [1, "a"],
]);

test.each([
  [1, [1, 0, -1]],
  [-1, [0, 1, -1]],
])("values stand by name in direction %i, and what is unknown is last", (direction, expected) => {
  const naming = { by: "PAGE", isInOrder: false, nameOf: (value: number) => NAMES.get(value) ?? null };

  const sorted = [-1, 0, 1].sort((a, b) => compareValues(naming, [a, b], direction));

  expect(sorted).toEqual(expected);
});
