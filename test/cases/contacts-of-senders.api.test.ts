import { expect, test } from "vitest";
import { useSenders } from "../connectors/stories/use-senders.ts";
import { at, counted } from "./counted.ts";

// One contact in many messages, at the senders' own entry points.

const house = await useSenders();

test("case 06: a warm transfer in Amazon Connect is one contact of two handled legs", async () => {
  const leg = (
    id: string,
    first: string | null,
    [start, answer, end]: [string, string, string],
    next: string | null,
  ) => ({
    AWSContactTraceRecordFormatVersion: "2017-03-10",
    ContactId: id,
    InitialContactId: first,
    PreviousContactId: first,
    NextContactId: next,
    Channel: "VOICE",
    InitiationMethod: first === null ? "INBOUND" : "TRANSFER",
    InitiationTimestamp: at(start),
    DisconnectTimestamp: at(end),
    LastUpdateTimestamp: at("12:00:00"),
    TransferCompletedTimestamp: next === null ? null : at(end),
    Agent: {
      Username: `agent of ${id}`,
      ConnectedToAgentTimestamp: at(answer),
      AfterContactWorkStartTimestamp: at(end),
      AfterContactWorkEndTimestamp: at(end),
    },
    CustomerEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+442079460471" },
    SystemEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+442079460999" },
  });
  await house.send("amazon-connect", leg("k1", null, ["10:00:00", "10:00:20", "10:05:00"], "k2"));
  await house.send("amazon-connect", leg("k2", "k1", ["10:04:00", "10:04:40", "10:12:00"], null));

  expect(await counted(house)).toMatchObject({
    contacts: 1,
    handled: 2,
    transferRate: 0.5,
    repeatCallerRate: 0,
    noRepeat: "1 of 1",
    channelSwitchRate: 0,
    conversions: [1, 1, 2],
  });
});

test("case 08: a ring group in Asterisk is one handled call", async () => {
  await house.db.orm.source.upsert({
    where: { name: "asterisk" },
    create: { name: "asterisk", timeZone: "Europe/London" },
    update: { timeZone: "Europe/London" },
  });
  await house.app.core.refreshRules();
  const desk = (extension: string, disposition: string, sequence: string) => ({
    src: "02079460481",
    dst: "600",
    dcontext: "ext-group",
    channel: "PJSIP/trunk-7",
    dstchannel: `PJSIP/${extension}`,
    lastapp: "Dial",
    uniqueid: "1772445600.70",
    linkedid: "1772445600.70",
    start: "2026-03-02 10:00:00",
    answer: disposition === "ANSWERED" ? "2026-03-02 10:00:12" : "",
    end: disposition === "ANSWERED" ? "2026-03-02 10:05:00" : "2026-03-02 10:00:12",
    billsec: disposition === "ANSWERED" ? "288" : "0",
    duration: disposition === "ANSWERED" ? "300" : "12",
    disposition,
    sequence,
  });
  for (const row of [desk("201", "NO ANSWER", "1"), desk("202", "NO ANSWER", "2"), desk("203", "ANSWERED", "3")]) {
    await house.send("asterisk", row);
  }

  expect(await counted(house)).toMatchObject({
    contacts: 1,
    calls: 1,
    handled: 1,
    abandoned: 0,
    abandonmentRate: 0,
    repeatCallerRate: 0,
    noRepeat: "1 of 1",
    inTime: "1 of 1",
    averageSpeedOfAnswerSeconds: 12,
    channelCalls: 1,
  });
});

test("case 11: a call back in Genesys is one contact that waited, asked for it and was served", async () => {
  const segment = (segmentType: string, start: string, end: string, more: object = {}) => ({
    segmentType,
    segmentStart: at(start),
    segmentEnd: at(end),
    ...more,
  });
  const session = (sessionId: string, mediaType: string, more: object) => ({ sessionId, mediaType, ...more });
  const number = "+442079460491";
  await house.send("genesys-cloud", {
    conversationId: "conversation-7",
    conversationStart: at("09:00:00"),
    originatingDirection: "inbound",
    participants: [
      {
        participantId: "caller",
        purpose: "customer",
        sessions: [
          session("s-1", "voice", {
            direction: "inbound",
            ani: `tel:${number}`,
            segments: [segment("interact", "09:00:00", "09:03:00")],
          }),
        ],
      },
      {
        participantId: "queue",
        purpose: "acd",
        sessions: [
          session("s-2", "voice", {
            segments: [segment("interact", "09:00:10", "09:03:00", { queueId: "sales", disconnectType: "endpoint" })],
          }),
        ],
      },
      {
        participantId: "queue again",
        purpose: "acd",
        sessions: [
          session("s-3", "callback", {
            callbackNumbers: [number],
            segments: [segment("interact", "09:03:00", "09:20:00", { queueId: "sales", disconnectType: "transfer" })],
          }),
        ],
      },
      {
        participantId: "desk",
        purpose: "agent",
        userId: "eve",
        sessions: [
          session("s-4", "callback", {
            callbackNumbers: [number],
            segments: [
              segment("alert", "09:20:00", "09:20:10"),
              segment("interact", "09:20:10", "09:30:00"),
              segment("wrapup", "09:30:00", "09:30:30", { wrapUpCode: "w" }),
            ],
          }),
          session("s-5", "voice", {
            direction: "outbound",
            dnis: `tel:${number}`,
            segments: [segment("dialing", "09:20:30", "09:20:45"), segment("interact", "09:20:45", "09:29:50")],
          }),
        ],
      },
    ],
  });

  expect(await counted(house)).toMatchObject({
    contacts: 1,
    calls: 1,
    queued: 1,
    handled: 1,
    abandoned: 0,
    callbackRate: 1,
    callbackCompletionRate: 1,
    repeatCallerRate: 0,
    conversions: [1, 1, 2],
  });
});
