import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "../../src/kit/canonical.ts";

test("names stand in the order of their characters, few or many", () => {
  const names = fc.uniqueArray(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 80 });

  fc.assert(
    fc.property(names, (all) => {
      const text = canonical(Object.fromEntries(all.map((name) => [name, 1])));

      expect(text).toBe(
        `{${all
          .toSorted()
          .map((name) => `${JSON.stringify(name)}:1`)
          .join(",")}}`,
      );
    }),
  );
});

test.each([
  [
    { b: new Date(0), a: [undefined, null, { d: 1, c: "x" }] },
    '{"a":[null,null,{"c":"x","d":1}],"b":"1970-01-01T00:00:00.000Z"}',
  ],
  [{ a: null, b: undefined }, "{}"],
])("%j is %s", (value, text) => {
  expect(canonical(value)).toBe(text);
});

test("null is left out unless it means something", () => {
  expect(canonical({ a: null, b: undefined }, true)).toBe('{"a":null}');
});
