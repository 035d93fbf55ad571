import { expect, test } from "vitest";
import { validate } from "../../src/ingest/reading/validate.ts";

/** What a call that began at nine is as a leg: when it was answered and ended, how long the two talked, what is odd. */
function legOf(more: object) {
  const body = { source: "pbx", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", ...more };
  const answer = validate({ kind: "call", body }, null);
  if ("reason" in answer) return answer.reason;
  if (answer.kind !== "interaction") throw new Error("no leg");
  const { interactionStartTime, interactionEndTime, interactionSeconds, customerSeconds } = answer.body;
  const clock = (time: Date | null) => time?.toISOString().slice(11, 19) ?? null;
  return {
    answered: clock(interactionStartTime),
    ended: clock(interactionEndTime),
    conversation: interactionSeconds,
    whole: customerSeconds,
    odd: answer.notes.map(({ field }) => field),
  };
}

const at = (clock: string) => `2026-11-20T${clock}Z`;
const NOTHING_ODD = { whole: null, odd: [] };

test.each([
  [
    "the talk and when it began tell the end",
    { answeredAt: at("09:01:00"), talkSeconds: 240 },
    { answered: "09:01:00", ended: "09:05:00", conversation: 240, ...NOTHING_ODD },
  ],
  [
    "and so they do with the hold within",
    { answeredAt: at("09:01:00"), talkSeconds: 240, holdSeconds: 60 },
    { answered: "09:01:00", ended: "09:06:00", conversation: 300, ...NOTHING_ODD },
  ],
  [
    "the talk and the end tell when it began",
    { endedAt: at("09:05:00"), talkSeconds: 240 },
    { answered: "09:01:00", ended: "09:05:00", conversation: 240, ...NOTHING_ODD },
  ],
  [
    "the talk and the whole length tell both",
    { durationSeconds: 300, talkSeconds: 240 },
    { answered: "09:01:00", ended: "09:05:00", conversation: 240, ...NOTHING_ODD },
  ],
  [
    "a talk alone tells no end: the wait before it is unknown",
    { talkSeconds: 240 },
    { answered: null, ended: null, conversation: 240, ...NOTHING_ODD },
  ],
  [
    "who talked for no second was not answered",
    { endedAt: at("09:05:00"), talkSeconds: 0 },
    { answered: null, ended: "09:05:00", conversation: 0, ...NOTHING_ODD },
  ],
  [
    "a talk that contradicts the times is noted, and the times stay",
    { answeredAt: at("09:01:00"), endedAt: at("09:03:00"), talkSeconds: 240 },
    { answered: "09:01:00", ended: "09:03:00", conversation: 240, whole: null, odd: ["talkSeconds"] },
  ],
  [
    "a talk longer than the call is noted as well, and no answer is made up before the call",
    { durationSeconds: 60, talkSeconds: 240 },
    { answered: null, ended: "09:01:00", conversation: 240, whole: null, odd: ["talkSeconds"] },
  ],
  ["a negative talk is refused", { talkSeconds: -1 }, "NEGATIVE_LENGTH"],
])("%s", (_, more, expected) => {
  expect(legOf(more)).toEqual(expected);
});
