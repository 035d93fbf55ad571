import { expect, test } from "vitest";
import { attributesIn, knownAttribute } from "../../src/facts/attributes.ts";

const BAD_NAMES: readonly (readonly [what: string, name: string])[] = [
  ["NUL as a key", "metadata.\u0000"],
  ["NUL in a key", "extra.tar\u0000iff"],
  ["NUL behind a name that is one", "age\u0000"],
  ["a tab", "extra.tar\tiff"],
  ["a line's end", "extra.tariff\n"],
  ["delete", "extra.tariff\u007f"],
  ["a control character beyond ASCII", "metadata.\u0085"],
  ["the first half of a character", "extra.\ud83d"],
  ["the second half of a character", "metadata.\ude00"],
  ["the halves of a character the wrong way round", "extra.\ude00\ud83d"],
];

test.each(BAD_NAMES)("a name with %s is refused, and the refusal says what to leave out", (_, name) => {
  const refusal = expect.objectContaining({
    code: "BAD_INPUT",
    message: expect.stringContaining("leave that out"),
    inputPath: ["attribute"],
  });

  expect(() => knownAttribute(name)).toThrow(refusal);
  expect(() => attributesIn({ groupBy: [{ attribute: { attribute: name } }] })).toThrow(refusal);
});

test.each(["extra.tarif spécial", "metadata.😀", "extra.'; --", "metadata.料金"])("a key may be named %s", (name) => {
  expect(knownAttribute(name).name).toBe(name);
});
