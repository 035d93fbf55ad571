import fc from "fast-check";
import { expect, test } from "vitest";
import { firstSince } from "../../src/journeys/seek.ts";

const instants = fc.oneof(
  fc.integer({ min: -2, max: 12 }),
  fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
);

test("finds the first event of a stretch that is not before an instant, as a look at each does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 12 }),
      fc.nat(12),
      fc.nat(12),
      instants,
      (times, a, b, instant) => {
        const at = Float64Array.from(times).sort();
        const [from, to] = [a, b].map((place) => Math.min(place, at.length)).sort((x, y) => x - y) as [number, number];
        let expected = from;
        while (expected < to && at[expected]! < instant) expected += 1;

        expect(firstSince(at, instant, { from, to })).toBe(expected);
      },
    ),
  );
});
