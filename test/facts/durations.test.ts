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
    { field: "queueSeconds", message: "Stated as 50 s, but the times leave room for 40 s." },
  ]);
});

test("says nothing of what times that are the wrong way round would measure", () => {
  expect(contradictions(leg({ sessionEndTime: at(20), agentSeconds: 75, interactionStartTime: at(40) }))).toEqual([]);
});
