import fc from "fast-check";
import { expect, test } from "vitest";
import { circlesOf, sharedArea } from "../../src/console/reports/circles.ts";

const closely = (value: number, whole: number) => Math.abs(value) <= whole * 1e-6 + 1e-9;

test("draws two sets whose areas, and whose shared area, are their counts", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, part) => {
        const both = Math.floor(Math.min(a, b) * part);

        const [left, right] = circlesOf({
          sets: [
            { name: "a", count: a },
            { name: "b", count: b },
          ],
          both: () => both,
        });

        const distance = Math.hypot(left!.x - right!.x, left!.y - right!.y);
        expect(closely(Math.PI * left!.r ** 2 - a, a)).toBe(true);
        expect(closely(Math.PI * right!.r ** 2 - b, b)).toBe(true);
        expect(closely(sharedArea(left!.r, right!.r, distance) - both, Math.max(a, b))).toBe(true);
      },
    ),
  );
});

test("places a third circle at its distances from both", () => {
  const sets = ["a", "b", "c"].map((name) => ({ name, count: 100 }));

  const [a, b, c] = circlesOf({ sets, both: () => 30 });

  const between = (one: typeof a, other: typeof a) => Math.hypot(one!.x - other!.x, one!.y - other!.y);
  expect(between(a, c)).toBeCloseTo(between(a, b), 9);
  expect(between(b, c)).toBeCloseTo(between(a, b), 9);
});
