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

/** What is odd about a call and about the leg that it is, each in the words of its sender; or why it is refused. */
function oddities(call: object, leg: object): unknown[] {
  const named = { source: "pbx", sourceId: "1" };
  const told = (kind: "call" | "interaction", body: object) => {
    const answer = validate({ kind, body: { ...named, ...body } }, null);
    if ("reason" in answer) return `${answer.reason}: ${answer.message}`;
    return "notes" in answer ? answer.notes.map(({ field, message }) => `${field}: ${message}`).join("; ") : null;
  };
  return [told("call", call), told("interaction", { channelType: "VOICE", ...leg })];
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

const [NINE, TEN, ELEVEN] = ["09:00:00", "10:00:00", "11:00:00"].map((clock) => `2026-11-20T${clock}Z`);

/** Fields that contradict each other, and the note; none where they do not. */
const ODD: [string, object, string][] = [
  [
    "a call given up that an agent answered",
    { outcome: "ABANDONED", agentId: "berit" },
    "outcome: Is ABANDONED, but agentId answered: HANDLED is what an agent took up.",
  ],
  [
    "an agent to whom a call went that was not transferred",
    { isTransferred: false, agentIdTransferred: "erik" },
    "agentIdTransferred: Is stated, but isTransferred is false.",
  ],
  [
    "an amount with digits that its currency does not have",
    { revenue: { amount: "12.34", currency: "JPY" } },
    "revenue: Has digits after the point, and JPY has no smaller unit.",
  ],
  ["nothing of a price of a tenth of a cent", { cost: { amount: "0.0085", currency: "USD" } }, ""],
  ["nothing of whole yen", { cost: { amount: "12.00", currency: "JPY" } }, ""],
  ["nothing of a call that was handed on", { isTransferred: true, agentIdTransferred: "erik" }, ""],
  ["nothing of a bot's call that was given up", { outcome: "ABANDONED" }, ""],
];

test.each<[string, object, object, [string, string]]>([
  [
    "an answer before the beginning is taken in and noted",
    { startedAt: TEN, answeredAt: NINE, endedAt: ELEVEN },
    { sessionStartTime: TEN, interactionStartTime: NINE, interactionEndTime: ELEVEN },
    ["answeredAt: Lies before startedAt.", "interactionStartTime: Lies before sessionStartTime."],
  ],
  [
    "an end before the answer is refused",
    { startedAt: NINE, answeredAt: ELEVEN, endedAt: TEN },
    { sessionStartTime: NINE, interactionStartTime: ELEVEN, interactionEndTime: TEN },
    [
      "ENDS_BEFORE_START: endedAt lies before answeredAt: send both in the same zone, or leave endedAt out.",
      "ENDS_BEFORE_START: interactionEndTime lies before interactionStartTime: send both in the same zone, or leave interactionEndTime out.",
    ],
  ],
  [
    "an end before the beginning is refused",
    { startedAt: TEN, endedAt: NINE },
    { sessionStartTime: TEN, interactionEndTime: NINE },
    [
      "ENDS_BEFORE_START: endedAt lies before startedAt: send both in the same zone, or leave endedAt out.",
      "ENDS_BEFORE_START: interactionEndTime lies before sessionStartTime: send both in the same zone, or leave interactionEndTime out.",
    ],
  ],
  [
    "a wrap-up that ends before the talk did is noted",
    { startedAt: NINE, endedAt: ELEVEN, wrapUpEndedAt: TEN },
    { sessionStartTime: NINE, interactionEndTime: ELEVEN, sessionEndTime: TEN },
    ["wrapUpEndedAt: Lies before endedAt.", "sessionEndTime: Lies before interactionEndTime."],
  ],
  [
    "a wait longer than what lies before the answer is noted",
    { startedAt: NINE, answeredAt: TEN, endedAt: ELEVEN, queueSeconds: 7_200 },
    { sessionStartTime: NINE, interactionStartTime: TEN, interactionEndTime: ELEVEN, queueSeconds: 7_200 },
    [
      "queueSeconds: Stated as 7200 s, but there is room for 3600 s.",
      "queueSeconds: Stated as 7200 s, but there is room for 3600 s.",
    ],
  ],
  ...["queueSeconds", "holdSeconds"].map((field): [string, object, object, [string, string]] => [
    `a ${field} longer than a call that nobody answered is noted`,
    { startedAt: NINE, durationSeconds: 60, [field]: 400 },
    { sessionStartTime: NINE, interactionEndTime: "2026-11-20T09:01:00Z", [field]: 400 },
    [0, 1].map(() => `${field}: Stated as 400 s, but there is room for 60 s.`) as [string, string],
  ]),
  ...ODD.map(([what, fields, note]): [string, object, object, [string, string]] => [
    `${what} is noted`,
    { startedAt: NINE, answeredAt: TEN, endedAt: ELEVEN, ...fields },
    { sessionStartTime: NINE, interactionStartTime: TEN, interactionEndTime: ELEVEN, ...fields },
    [note, note],
  ]),
  ...["queueSeconds", "holdSeconds"].map((field): [string, object, object, [string, string]] => [
    `a negative ${field} is refused`,
    { startedAt: NINE, [field]: -3 },
    { sessionStartTime: NINE, [field]: -3 },
    [expect.stringMatching(/^NEGATIVE_LENGTH: /), expect.stringMatching(/^NEGATIVE_LENGTH: /)],
  ]),
])("%s, in the sender's own words", (_, call, leg, told) => {
  expect(oddities(call, leg)).toEqual(told);
});
