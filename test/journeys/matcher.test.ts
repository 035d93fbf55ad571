import fc from "fast-check";
import { expect, test } from "vitest";
import { patternOf } from "../../src/journeys/pattern.ts";

/** Letter by letter, all ways that a `*` may go. */
function fits(name: string, pattern: string): boolean {
  if (pattern === "") return name === "";
  if (pattern[0] === "*") return fits(name, pattern.slice(1)) || (name !== "" && fits(name.slice(1), pattern));
  return name !== "" && name[0] === pattern[0] && fits(name.slice(1), pattern.slice(1));
}

test("a pattern means the names that a search through all its readings finds", () => {
  const text = (...letters: string[]) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
  fc.assert(
    fc.property(text("a", "b", "A", "."), text("a", "b", "B", "*", "."), (name, pattern) => {
      expect(patternOf(pattern)(name)).toBe(fits(name.toLowerCase(), pattern.toLowerCase()));
    }),
    { numRuns: 2_000 },
  );
});

test("a pattern of many stars is soon told from a long name that nearly fits", () => {
  const isLike = patternOf(`${"*a".repeat(100)}*b`);

  expect(isLike("a".repeat(1_024))).toBe(false);
  expect(isLike(`${"a".repeat(1_023)}b`)).toBe(true);
});
