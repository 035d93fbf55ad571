import { describe, expect, test } from "vitest";
import { useSenders } from "../connectors/stories/use-senders.ts";
import { at, counted } from "./counted.ts";

// One contact in many legs, and what a person counts by hand.

const house = await useSenders();
const caller = (value: string) => [{ namespace: "phone", value }];

interface Told extends Record<string, unknown> {
  sourceId: string;
  start: string;
  answer?: string;
  end: string;
}

/** Legs of a telephone system, of one caller. */
async function send(legs: readonly Told[], phone = "+442079460431"): Promise<void> {
  const records = legs.map(({ start, answer, end, ...leg }) => ({
    source: "acd",
    channelType: "VOICE",
    identities: caller(phone),
    sessionStartTime: at(start),
    interactionStartTime: answer && at(answer),
    interactionEndTime: at(end),
    sessionEndTime: at(end),
    ...leg,
  }));
  const reply = await house.post("/v1/interactions", records);
  const { receipts } = (await reply.json()) as { receipts: { status: string; message: string | null }[] };
  expect(receipts.map(({ status, message }) => message ?? status)).toEqual(records.map(() => "ACCEPTED"));
}

/** "1 10:00:00/10:00:10-10:05:00 HANDLED direction=OUTBOUND": id, start, answer, end, outcome; of contact c-1 unless it says. */
function legOf(line: string): Told {
  const [sourceId, times, outcome, ...more] = line.split(" ") as [string, string, string, ...string[]];
  const [begun, end] = times.split("-") as [string, string];
  const [start, answer] = begun.split("/") as [string, string?];
  const stated = Object.fromEntries(more.map((part) => part.split("=") as [string, string]));
  const fields = Object.entries({ contactKey: "c-1", ...stated }).map(([name, value]) => [name, readValue(value)]);
  return { sourceId, start, end, outcome, ...(answer && { answer }), ...Object.fromEntries(fields) };
}

function readValue(text: string): unknown {
  if (text === "none") return null;
  return text === "true" || text === "false" || /^\d+$/.test(text) ? JSON.parse(text) : text;
}

const DESKS = "trackingNumber=+442079460000";
const STORIES: Record<string, [legs: string[], byHand: Record<string, unknown>]> = {
  "a blind transfer": [
    [
      "1 10:00:00/10:00:10-10:05:00 TRANSFERRED_OUT isResolved=false",
      "2 10:05:00/10:05:20-10:10:00 HANDLED isResolved=true",
    ],
    {
      ...{ contacts: 1, legs: 2, calls: 1, handled: 2, transferRate: 0.5, repeatCallerRate: 0, noRepeat: "1 of 1" },
      ...{ flag: "1 of 1", averageSpeedOfAnswerSeconds: 15, averageHandleSeconds: 285, conversions: [1, 1, 2] },
      ...{ channelCalls: 1, callersOnceAndAgain: [0, 1, 0] },
    },
  ],
  "a session that stands in for the key": [
    [
      "1 10:00:00/10:00:10-10:05:00 TRANSFERRED_OUT contactKey=none sessionId=s",
      "2 10:05:00/10:05:20-10:10:00 HANDLED contactKey=none sessionId=s",
    ],
    { contacts: 1, legs: 2, calls: 1, repeatCallerRate: 0, noRepeat: "1 of 1", conversions: [1, 1, 2] },
  ],
  "a consult before the transfer": [
    [
      "1 10:00:00/10:00:10-10:05:00 TRANSFERRED_OUT",
      "c 10:03:00/10:03:05-10:04:00 HANDLED isConsult=true",
      "2 10:05:00/10:05:00-10:10:00 HANDLED",
    ],
    { contacts: 1, legs: 2, handled: 2, transferRate: 0.5, repeatCallerRate: 0, conversions: [1, 1, 2] },
  ],
  "a conference of two agents": [
    ["1 10:00:00/10:00:10-10:15:00 HANDLED", "2 10:08:00/10:08:05-10:15:00 HANDLED"],
    { contacts: 1, legs: 2, calls: 1, handled: 2, transferRate: 0, repeatCallerRate: 0, noRepeat: "1 of 1" },
  ],
  "desks that ring at once": [
    [
      `1 10:00:00-10:00:12 ABANDONED ${DESKS}`,
      `2 10:00:00-10:00:12 ABANDONED ${DESKS}`,
      `3 10:00:00/10:00:12-10:05:00 HANDLED ${DESKS}`,
    ],
    {
      ...{
        contacts: 1,
        legs: 1,
        calls: 1,
        queued: 1,
        handled: 1,
        abandoned: 0,
        abandonmentRate: 0,
        repeatCallerRate: 0,
      },
      ...{ noRepeat: "1 of 1", averageSpeedOfAnswerSeconds: 12, inTime: "1 of 1", conversions: [1, 1, 3] },
    },
  ],
  "desks that ring one after the other": [
    [
      `1 10:00:00-10:00:15 ABANDONED ${DESKS}`,
      `2 10:00:20-10:00:35 ABANDONED ${DESKS}`,
      `3 10:00:36/10:00:40-10:05:00 HANDLED ${DESKS}`,
    ],
    { contacts: 1, legs: 1, abandoned: 0, handled: 1, averageSpeedOfAnswerSeconds: 40, inTime: "0 of 1" },
  ],
  "desks that all ring in vain": [
    [`1 10:00:00-10:00:15 ABANDONED ${DESKS}`, `2 10:00:15-10:00:30 ABANDONED ${DESKS}`],
    { contacts: 1, legs: 1, calls: 1, queued: 1, abandoned: 1, abandonmentRate: 1 },
  ],
  "a voicemail after desks that rang": [
    [`1 10:00:00-10:00:15 ABANDONED ${DESKS}`, `2 10:00:15-10:00:50 VOICEMAIL ${DESKS}`],
    { contacts: 1, legs: 1, queued: 1, handled: 0, abandoned: 0 },
  ],
  "two calls to the same desk, each given up": [
    [`1 10:00:00-10:00:15 ABANDONED ${DESKS}`, `2 10:30:00-10:30:15 ABANDONED ${DESKS} contactKey=c-2`],
    { contacts: 2, legs: 2, calls: 2, abandoned: 2, repeatCallerRate: 1 },
  ],
  "a queue that flows over": [
    ["1 10:00:00-10:02:00 FLOWED_OUT queueSeconds=120", "2 10:02:00/10:02:30-10:06:00 HANDLED queueSeconds=30"],
    {
      ...{ contacts: 1, legs: 2, calls: 1, queued: 2, handled: 1, abandoned: 0, abandonmentRate: 0 },
      ...{ averageSpeedOfAnswerSeconds: 30, repeatCallerRate: 0 },
    },
  ],
  "a queued call back": [
    [
      "1 10:00:00-10:03:00 CALLBACK_REQUESTED queueSeconds=170 direction=INBOUND",
      "2 10:20:00/10:20:10-10:30:00 HANDLED direction=OUTBOUND isCallBack=true",
    ],
    {
      ...{ contacts: 1, legs: 2, calls: 1, queued: 1, handled: 1, abandoned: 0, callbackRate: 1 },
      ...{ callbackCompletionRate: 1, repeatCallerRate: 0, conversions: [1, 1, 2] },
    },
  ],
  "a call back that names its session only": [
    [
      "1 10:00:00-10:03:00 CALLBACK_REQUESTED queueSeconds=170 contactKey=none sessionId=s9",
      "2 15:20:00/15:20:10-15:30:00 HANDLED direction=OUTBOUND isCallBack=true contactKey=none callBackSessionId=s9",
    ],
    { contacts: 1, legs: 2, callbackCompletionRate: 1, repeatCallerRate: 0 },
  ],
  "an outbound call that is transferred": [
    ["1 10:00:00/10:00:10-10:05:00 TRANSFERRED_OUT direction=OUTBOUND", "2 10:05:00/10:05:20-10:10:00 HANDLED"],
    { contacts: 1, legs: 2, calls: 0, queued: 0, handled: 2, repeatCallerRate: null },
  ],
  "an IVR before the agent": [
    ["1 10:00:00-10:01:00 TRANSFERRED_OUT channelType=IVR", "2 10:01:00/10:01:20-10:06:00 HANDLED"],
    { contacts: 1, legs: 2, calls: 1, handled: 1, channelSwitchRate: 1, noRepeat: "1 of 1" },
  ],
  "a customer who really calls again": [
    ["1 10:00:00/10:00:10-10:05:00 HANDLED", "2 14:00:00/14:00:10-14:05:00 HANDLED contactKey=c-2"],
    {
      ...{ contacts: 2, legs: 2, calls: 2, repeatCallerRate: 1, noRepeat: "1 of 2", conversions: [2, 2, 2] },
      ...{ callersOnceAndAgain: [0, 0, 1] },
    },
  ],
};

describe("a contact, as a person counts it", () => {
  test.each(Object.entries(STORIES))("%s", async (_, [legs, byHand]) => {
    await send(legs.map(legOf));

    expect(await counted(house)).toMatchObject(byHand);
  });

  test.each(Object.entries(STORIES))("%s, sent backwards and one by one", async (_, [legs, byHand]) => {
    for (const leg of legs.toReversed()) await send([legOf(leg)]);

    expect(await counted(house)).toMatchObject(byHand);
  });
});

test("the same call from a telephone system and a CRM is one contact of two sources", async () => {
  await send([legOf("1 10:00:00/10:00:10-10:05:00 HANDLED")]);
  await send([
    { sourceId: "00T1", source: "crm", callId: "1", start: "10:00:00", end: "10:05:00", outcome: "HANDLED" },
  ]);

  const { data } = await house.ask(`{
    interaction(source: "crm", sourceId: "00T1") { contact { id sources interactions { source sourceId } } }
  }`);
  expect(data.interaction.contact).toMatchObject({
    sources: ["acd", "crm"],
    interactions: expect.arrayContaining([
      { source: "acd", sourceId: "1" },
      { source: "crm", sourceId: "00T1" },
    ]),
  });
  expect(await counted(house)).toMatchObject({ contacts: 1, legs: 1, calls: 1, handled: 1, conversions: [1, 1, 2] });
});

test.each(['a"b\\c', "{x,y}", "two\nlines", "c 1/2%", "Ω'; --"])(
  "a key spelt %j ties a leg to its visit",
  async (key) => {
    await send([{ sourceId: "1", contactKey: key, start: "10:00:00", end: "10:05:00" }]);
    await house.post("/v1/touchpoints", {
      ...{ source: "acd", sourceId: "t", identities: caller("+442079460432"), sessionId: key },
      ...{ occurredAt: at("09:59:00"), channel: "IVR", kind: "PROMPT", name: "menu" },
    });

    const { data } = await house.ask(
      `{ interaction(source: "acd", sourceId: "1") { contact { interactions { channelType } } } }`,
    );
    expect(data.interaction.contact.interactions).toEqual([{ channelType: "IVR" }, { channelType: "VOICE" }]);
  },
);
