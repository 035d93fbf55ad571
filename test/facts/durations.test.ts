import { expect, test } from "vitest";
import { contradictions, DURATIONS, durationOf } from "../../src/facts/durations.ts";
import type { CheckedInteraction } from "../../src/facts/record.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9) + seconds * 1000);

function leg(fields: Partial<CheckedInteraction> = {}): CheckedInteraction {
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
    ...fields,
  } as CheckedInteraction;
}

const TIMELESS = { interactionStartTime: null, interactionEndTime: null, sessionEndTime: null };
const NAMES = ["sessionSeconds", "customerSeconds", "agentSeconds", "interactionSeconds"] as const;
const lengths = (of: CheckedInteraction) => NAMES.map((name) => durationOf(name, of));

test("there are four lengths", () => {
  expect(DURATIONS.toSorted()).toEqual(NAMES.toSorted());
});

test("measures the four lengths by the leg's own times", () => {
  expect(lengths(leg())).toEqual([130, 100, 90, 60]);
});

test("leaves a length out when one of its times is missing or they are the wrong way round", () => {
  expect(lengths(leg({ interactionStartTime: null }))).toEqual([130, 100, null, null]);
  expect(lengths(leg({ sessionEndTime: at(20) }))).toEqual([20, 100, null, 60]);
});

test("believes what was stated, and says where the times contradict it by more than rounding", () => {
  const stated = leg({ sessionSeconds: 131, interactionSeconds: 75, queueSeconds: 50, holdSeconds: 60 });

  expect(lengths(stated)).toEqual([131, 100, 90, 75]);
  expect(contradictions(stated)).toEqual([
    { field: "interactionSeconds", message: "Stated as 75 s, but the times say 60 s." },
    { field: "queueSeconds", message: "Stated as 50 s, but there is room for 40 s." },
  ]);
});

test.each([
  ["a wait longer than the whole", { interactionStartTime: null, queueSeconds: 400 }, "queueSeconds", 100],
  ["a hold longer than the whole", { interactionStartTime: null, holdSeconds: 400 }, "holdSeconds", 100],
  ["a hold longer than the stated talk", { ...TIMELESS, interactionSeconds: 60, holdSeconds: 400 }, "holdSeconds", 60],
  ["a part longer than the session", { interactionEndTime: null, customerSeconds: 99_999 }, "customerSeconds", 130],
  [
    "a talk longer than the customer was there",
    { interactionStartTime: null, interactionSeconds: 400 },
    "interactionSeconds",
    100,
  ],
])("notes %s, whichever times are missing", (_, fields, field, room) => {
  const stated = Object.values(fields).findLast((value) => value !== null);

  expect(contradictions(leg(fields))).toEqual([
    { field, message: `Stated as ${stated} s, but there is room for ${room} s.` },
  ]);
});

test("a length that fits the shortest of what it is a part of, and one that nothing bounds, are not noted", () => {
  const fitting = { interactionStartTime: null, queueSeconds: 40, holdSeconds: 59, interactionSeconds: 60 };
  const unbounded = { ...TIMELESS, sessionEndTime: null, queueSeconds: 400, holdSeconds: 400 };

  expect([leg(fitting), leg(unbounded)].flatMap(contradictions)).toEqual([]);
});

test("says nothing of what times that are the wrong way round would measure", () => {
  expect(contradictions(leg({ sessionEndTime: at(20), agentSeconds: 75, interactionStartTime: at(40) }))).toEqual([]);
});
