import fc from "fast-check";
import { expect, test } from "vitest";
import { firstOf } from "../../src/kit/first.ts";

test("the first items of a list are those of the sorted list", () => {
  const item = fc.record({ figure: fc.nat(5), name: fc.string({ maxLength: 1 }) });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (items, count) => {
      const byFigure = (a: { figure: number }, b: { figure: number }) => a.figure - b.figure;

      expect(firstOf(items, count, byFigure)).toEqual(items.toSorted(byFigure).slice(0, count));
    }),
    { numRuns: 300 },
  );
});

test("a long list is compared about once an item", () => {
  const items = Array.from({ length: 100_000 }, (_, i) => (i * 7_919) % 100_003);
  let compared = 0;

  firstOf(items, 100, (a, b) => {
    compared += 1;
    return a - b;
  });

  expect(compared).toBeLessThan(2 * items.length);
});
