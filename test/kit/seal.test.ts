import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { open, seal } from "../../src/kit/seal.ts";

const key = randomBytes(32);

test("opens what it sealed, and seals the same value differently each time", () => {
  const value = { body: "sju sjösjuka sjömän", n: [1, null] };

  const [a, b] = [seal(key, value), seal(key, value)];

  expect(open(key, a)).toEqual(value);
  expect(Buffer.from(a).equals(b)).toBe(false);
  expect(Buffer.from(a).includes("sjuka")).toBe(false);
});

test("refuses another key, a changed byte and a cut end", () => {
  const sealed = Buffer.from(seal(key, "secret"));
  const changed = Buffer.from(sealed);
  changed[changed.length - 1]! ^= 1;

  expect(() => open(randomBytes(32), sealed)).toThrow();
  expect(() => open(key, changed)).toThrow();
  expect(() => open(key, sealed.subarray(0, -1))).toThrow();
  expect(() => open(key, sealed.subarray(0, 20))).toThrow();
});
