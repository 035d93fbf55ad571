import type { Story } from "./story.ts";

// What a sender of no dialect tells in our own words, as a mapping does: over CloudEvents, each leg a message.

const CALLER = "+447700900611";
const LINE = "+442079460000";

interface Leg {
  contactKey?: string;
  startedAt: string;
  answeredAt?: string;
  endedAt?: string;
  wrapUpEndedAt?: string;
  [field: string]: unknown;
}

/** A leg on the second of March; its times are clock times. */
export function leg(id: string, { startedAt, answeredAt, endedAt, wrapUpEndedAt, ...rest }: Leg): object {
  const at = (clock?: string) => (clock === undefined ? undefined : `2026-03-02T${clock}Z`);
  const times = {
    startedAt: at(startedAt),
    answeredAt: at(answeredAt),
    endedAt: at(endedAt),
    wrapUpEndedAt: at(wrapUpEndedAt),
  };
  const data = { contactKey: "k1", identities: [{ namespace: "phone", value: CALLER }], ...times, ...rest };
  return { specversion: "1.0", type: "customer360.call", source: "pbx", id, data };
}

const connector = "cloudevents";
export const SERVED = {
  contacts: 1,
  calls: 1,
  handled: 1,
  abandoned: 0,
  queued: 1,
  transfers: 0,
  repeatCallers: 0,
  resolved: [1, 1],
  customer: CALLER,
} as const;
export const answered = { outcome: "HANDLED", direction: "INBOUND" };
export const handledAtTen = {
  startedAt: "10:00:00",
  answeredAt: "10:00:10",
  endedAt: "10:05:00",
  wrapUpEndedAt: "10:05:30",
};

export const OWN_WORDS: readonly Story[] = [
  {
    connector,
    cell: "blind transfer",
    tells: "a blind transfer: two agents handle one call, and the second leg names nobody",
    given: [
      leg("1", { ...handledAtTen, ...answered, isTransferred: true }),
      leg("2", {
        startedAt: "10:05:00",
        answeredAt: "10:05:20",
        endedAt: "10:07:00",
        wrapUpEndedAt: "10:07:00",
        ...answered,
        identities: [],
      }),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: (320 + 100) / 2, speedOfAnswer: 15 },
  },
  {
    connector,
    cell: "conference",
    tells: "a conference: an agent is asked in, which is a consult and hands nobody on",
    given: [
      leg("1", { ...handledAtTen, ...answered }),
      leg("2", {
        startedAt: "10:02:00",
        answeredAt: "10:02:05",
        endedAt: "10:05:00",
        outcome: "HANDLED",
        isConsult: true,
      }),
    ],
    counts: { ...SERVED, handleTime: 320, speedOfAnswer: 10 },
  },
  {
    connector,
    cell: "call parked",
    tells: "a parked call that another agent picks up: the first hands it on, nobody gives up",
    given: [
      leg("1", {
        startedAt: "10:00:00",
        answeredAt: "10:00:10",
        endedAt: "10:01:00",
        wrapUpEndedAt: "10:01:00",
        ...answered,
        isTransferred: true,
      }),
      leg("2", { startedAt: "10:01:00", endedAt: "10:02:00", outcome: "FLOWED_OUT", queueSeconds: 60 }),
      leg("3", {
        startedAt: "10:02:00",
        answeredAt: "10:02:00",
        endedAt: "10:04:00",
        wrapUpEndedAt: "10:04:00",
        ...answered,
        queueSeconds: 0,
      }),
    ],
    counts: { ...SERVED, handled: 2, queued: 3, transfers: 1, handleTime: (50 + 120) / 2, speedOfAnswer: 5 },
  },
  {
    connector,
    cell: "ring group, hunting",
    tells: "a hunt: two desks ring in vain one after the other, the third answers",
    given: [
      leg("1", { startedAt: "10:00:00", endedAt: "10:00:15", outcome: "ABANDONED", dialledNumber: LINE }),
      leg("2", { startedAt: "10:00:15", endedAt: "10:00:30", outcome: "ABANDONED", dialledNumber: LINE }),
      leg("3", {
        startedAt: "10:00:30",
        answeredAt: "10:00:40",
        endedAt: "10:02:40",
        wrapUpEndedAt: "10:02:40",
        ...answered,
        dialledNumber: LINE,
      }),
    ],
    counts: { ...SERVED, handleTime: 120, speedOfAnswer: 40 },
  },
  {
    connector,
    cell: "queue overflow",
    tells: "a queue that overflows into another, where an agent answers",
    given: [
      leg("1", { startedAt: "10:00:00", endedAt: "10:02:00", outcome: "FLOWED_OUT", queueSeconds: 120 }),
      leg("2", {
        startedAt: "10:02:00",
        answeredAt: "10:02:30",
        endedAt: "10:05:30",
        wrapUpEndedAt: "10:05:30",
        ...answered,
        queueSeconds: 30,
      }),
    ],
    counts: { ...SERVED, queued: 2, handleTime: 180, speedOfAnswer: 30 },
  },
  {
    connector,
    cell: "voicemail",
    tells: "a call that ends in the voicemail",
    given: [leg("1", { startedAt: "10:00:00", endedAt: "10:01:00", outcome: "VOICEMAIL", direction: "INBOUND" })],
    counts: { ...SERVED, handled: 0, transfers: 0, handleTime: null, speedOfAnswer: null },
  },
  {
    connector,
    cell: "callback by date",
    tells: "a callback by date: asked for in the morning, kept at four",
    given: [
      leg("1", {
        startedAt: "10:00:00",
        endedAt: "10:02:50",
        outcome: "CALLBACK_REQUESTED",
        direction: "INBOUND",
        queueSeconds: 170,
        callBackSessionId: "cb1",
      }),
      leg("2", {
        contactKey: "k2",
        startedAt: "16:00:00",
        answeredAt: "16:00:20",
        endedAt: "16:09:20",
        wrapUpEndedAt: "16:10:20",
        outcome: "HANDLED",
        direction: "OUTBOUND",
        isCallBack: true,
        callBackSessionId: "cb1",
      }),
    ],
    counts: { ...SERVED, handleTime: 600, speedOfAnswer: null, callbacks: { asked: 1, completed: 1 } },
  },
  {
    connector,
    cell: "outbound, then transferred",
    tells: "an outbound call that is transferred: outbound on every leg, and nobody waited",
    given: [
      leg("1", {
        startedAt: "10:00:00",
        answeredAt: "10:00:10",
        endedAt: "10:02:10",
        wrapUpEndedAt: "10:02:10",
        outcome: "HANDLED",
        direction: "OUTBOUND",
        isTransferred: true,
      }),
      leg("2", {
        startedAt: "10:02:10",
        answeredAt: "10:02:20",
        endedAt: "10:04:20",
        wrapUpEndedAt: "10:04:20",
        outcome: "HANDLED",
      }),
    ],
    counts: {
      ...SERVED,
      calls: 0,
      handled: 2,
      queued: 0,
      transfers: 1,
      repeatCallers: null,
      handleTime: 120,
      speedOfAnswer: null,
    },
  },
];
