import { expect, test } from "vitest";
import type { EventPlace } from "../../src/facts/event-order.ts";
import { redact } from "../../src/interactions/redact.ts";
import { stageOf } from "../../src/interactions/stage.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9) + seconds * 1000);

const lead: EventPlace = { occurredAt: at(10), sequence: 2, channel: "VOICE", kind: "CALL", recordId: "b" };

test.each([
  ["EARLY", "earlier", { occurredAt: at(9) }],
  ["POST_LEAD", "later", { occurredAt: at(11) }],
  ["EARLY", "of a smaller sequence", { sequence: 1 }],
  ["POST_LEAD", "without a sequence", { sequence: null }],
  ["EARLY", "on a channel that comes first", { channel: "WEB" }],
  ["EARLY", "of a kind that comes first", { kind: "PAGE_VIEW" }],
  ["POST_LEAD", "of a kind that comes after", { kind: "TRANSACTION" }],
  ["POST_LEAD", "of a greater id", { recordId: "c" }],
  ["LEAD", "itself", {}],
] as const)("is %s when %s", (stage, _, difference) => {
  expect(stageOf({ ...lead, ...difference }, lead)).toBe(stage);
  expect(stageOf({ ...lead, ...difference }, null)).toBe("EARLY");
});

test("redacts values, and keeps keys, lengths and nulls", () => {
  expect(redact({ a: "x", b: 1, c: [true, { d: null }], e: {} })).toEqual({
    a: "…",
    b: "…",
    c: ["…", { d: null }],
    e: {},
  });
});
