import { describe, expect, test } from "vitest";
import { validate } from "../../src/ingest/reading/validate.ts";

const call = { source: "cti", sourceId: "c1", startedAt: "2026-11-20T09:00:00Z" };

function refusalOf(more: object) {
  const answer = validate({ kind: "call", body: { ...call, ...more } }, null);
  return "reason" in answer ? answer : null;
}

describe("a refusal says what to send instead", () => {
  test.each([
    [{ source: undefined }, "MISSING_FIELD", "source: It is missing, and the record needs it: send it."],
    [{ startedAt: null }, "MISSING_FIELD", "startedAt: It is missing, and the record needs it: send it."],
    [{ identities: [{ namespace: "phone" }] }, "MISSING_FIELD", /^identities\.0\.value: It is missing/],
    [{ sourceId: 7 }, "BAD_FIELD", "sourceId: Send text, in quotes."],
    [{ sourceId: " " }, "BAD_FIELD", "sourceId: Send the id that the record has in its own system."],
    [{ startedAt: true }, "BAD_TIME", /Send a time as RFC 3339/],
    [{ outcome: "WON" }, "UNKNOWN_VALUE", /^outcome: Send one of HANDLED, ABANDONED, /],
    [{ phone: "1", colour: "red" }, "UNKNOWN_FIELD", /^No such field: "phone", "colour"\./],
    [{ csatScaleMax: 0 }, "BAD_FIELD", "csatScaleMax: Send more than 0."],
    [{ csatScore: -1 }, "BAD_FIELD", "csatScore: Send 0 or more."],
    [{ holdSeconds: "12" }, "BAD_FIELD", "holdSeconds: Send a number, without quotes."],
    [{ cost: { amount: {}, currency: "EUR" } }, "BAD_FIELD", /Send an amount as a plain decimal/],
    [{ identities: "phone" }, "BAD_FIELD", "identities: Send a list, in square brackets."],
    [{ metadata: [1] }, "BAD_FIELD", "metadata: Send an object, in braces."],
    [
      { metadata: JSON.parse('{"__proto__":1}') },
      "BAD_FIELD",
      /^metadata\.__proto__: No value is kept under this name/,
    ],
  ])("%j", (more, reason, message) => {
    const refusal = refusalOf(more);

    expect(refusal?.reason).toBe(reason);
    if (typeof message === "string") expect(refusal?.message).toBe(message);
    else expect(refusal?.message).toMatch(message);
  });
});

test.each(["2026-02-30T10:00:00Z", "2025-02-29T10:00:00+01:00", "2026-04-31 10:00Z"])("%s is no day", (startedAt) => {
  expect(refusalOf({ startedAt })?.reason).toBe("BAD_TIME");
});

test.each([
  ["a NUL", { callReason: "a\u0000b" }],
  ["half a character", { callReason: "a\ud800b" }],
  ["half a character in the key itself", { sourceId: "a\ud800b" }],
  ["half a character in metadata", { metadata: { list: ["\udc00"] } }],
  ["half a character in the name of metadata", { metadata: { "\ud800": 1 } }],
  ["a NUL in metadata", { metadata: { a: "\u0000" } }],
])("%s is refused, not stored otherwise than it was sent", (_name, more) => {
  expect(refusalOf(more)?.reason).toBe("BAD_FIELD");
});

test("a text that merely spells an escape is kept, and so is a whole emoji", () => {
  expect(refusalOf({ metadata: { a: "\\u0000 \\ud800", b: "😀" }, identities: null })).toBeNull();
});
