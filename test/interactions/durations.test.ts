import { expect, test } from "vitest";
import { dataQualityOf, durationOf } from "../../src/interactions/durations.ts";
import type { InteractionRow } from "../../src/interactions/interaction.type.ts";
import { redact } from "../../src/interactions/redact.ts";
import { type EventPlace, stageOf } from "../../src/interactions/stage.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9) + seconds * 1000);

function leg(fields: Partial<InteractionRow> = {}): InteractionRow {
  return {
    sessionStartTime: at(0),
    interactionStartTime: at(40),
    interactionEndTime: at(100),
    sessionEndTime: at(130),
    sessionSeconds: null,
    customerSeconds: null,
    agentSeconds: null,
    interactionSeconds: null,
    queueSeconds: null,
    holdSeconds: null,
    notes: null,
    ...fields,
  } as InteractionRow;
}

const lengths = (row: InteractionRow) =>
  (["sessionSeconds", "customerSeconds", "agentSeconds", "interactionSeconds"] as const).map((name) =>
    durationOf(name, row),
  );

test("recomputes the four lengths from the leg's own times", () => {
  expect(lengths(leg())).toEqual([130, 100, 90, 60]);
});

test("leaves a length out when one of its times is missing or they are the wrong way round", () => {
  expect(lengths(leg({ interactionStartTime: null }))).toEqual([130, 100, null, null]);
  expect(lengths(leg({ sessionEndTime: at(20) }))).toEqual([20, 100, null, 60]);
});

test("shows what was supplied, and says where the times contradict it by more than rounding", () => {
  const row = leg({ sessionSeconds: 131, interactionSeconds: 75, queueSeconds: 50, holdSeconds: 60 });

  expect(lengths(row)).toEqual([131, 100, 90, 75]);
  expect(dataQualityOf(row)).toEqual([
    { field: "interactionSeconds", message: "Stated as 75 s, but the times say 60 s." },
    { field: "queueSeconds", message: "Stated as 50 s, but the times leave room for 40 s." },
  ]);
});

test("says a thing once, though it was noted as it came in", () => {
  const noted = { field: "interactionSeconds", message: "Noted." };

  expect(dataQualityOf(leg({ interactionSeconds: 75, notes: [noted] }))).toEqual([noted]);
});

const lead: EventPlace = { occurredAt: at(10), sequence: 2, channel: "VOICE", recordId: "b" };

test.each([
  ["EARLY", "earlier", { occurredAt: at(9) }],
  ["POST_LEAD", "later", { occurredAt: at(11) }],
  ["EARLY", "of a smaller sequence", { sequence: 1 }],
  ["POST_LEAD", "without a sequence", { sequence: null }],
  ["EARLY", "on a channel that comes first", { channel: "WEB" }],
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
