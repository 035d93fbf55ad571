import fc from "fast-check";
import { expect, test } from "vitest";
import { byText } from "../../src/kit/order.ts";
import { anyCharacter, draws } from "./draws.ts";

const texts = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: fc.constantFrom("a", "B", "ﬁ", "😀", "ä") }),
);

test("texts are ordered as their bytes in UTF-8 are, which is what PostgreSQL does under collate C", () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(Math.sign(byText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    draws(2_000),
  );
});

test("an emoji comes after a ligature, which JavaScript's own order has the other way round", () => {
  expect(["😀", "ﬁ"].sort()).toEqual(["😀", "ﬁ"]);
  expect(["😀", "ﬁ"].sort(byText)).toEqual(["ﬁ", "😀"]);
});
