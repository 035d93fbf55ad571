import { answered, handledAtTen, leg, SERVED } from "./own-words.ts";
import type { Story } from "./story.ts";

const connector = "cloudevents";
const CALLED = { ...SERVED, calls: 0, queued: 0, repeatCallers: null, speedOfAnswer: null } as const;

export const OWN_WORDS_ASKED: readonly Story[] = [
  {
    connector,
    cell: "consult, warm transfer",
    tells: "a consult that becomes a transfer: the asking is no contact handled",
    given: [
      leg("1", { ...handledAtTen, ...answered, isTransferred: true }),
      leg("2", { startedAt: "10:03:00", answeredAt: "10:03:05", endedAt: "10:04:00", isConsult: true, identities: [] }),
      leg("3", {
        startedAt: "10:05:00",
        answeredAt: "10:05:00",
        endedAt: "10:07:00",
        wrapUpEndedAt: "10:07:00",
        ...answered,
      }),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: (320 + 120) / 2, speedOfAnswer: 5 },
  },
  {
    connector,
    cell: "callback, queued",
    tells: "a queued callback: the caller hangs up, and is called when it is their turn",
    given: [
      leg("1", { startedAt: "10:00:00", endedAt: "10:02:00", outcome: "CALLBACK_REQUESTED", direction: "INBOUND" }),
      leg("2", {
        startedAt: "10:20:00",
        answeredAt: "10:20:10",
        endedAt: "10:25:10",
        wrapUpEndedAt: "10:25:10",
        outcome: "HANDLED",
        direction: "OUTBOUND",
        isCallBack: true,
      }),
    ],
    counts: { ...SERVED, handleTime: 300, speedOfAnswer: null, callbacks: { asked: 1, completed: 1 } },
  },
  {
    connector,
    cell: "outbound",
    tells: "an agent calls a customer, who answers",
    given: [leg("1", { ...handledAtTen, outcome: "HANDLED", direction: "OUTBOUND" })],
    counts: { ...CALLED, handleTime: 320 },
  },
  {
    connector,
    cell: "answering machine",
    tells: "an agent calls a customer, and a machine answers: nobody was handled",
    given: [leg("1", { ...handledAtTen, outcome: "VOICEMAIL", direction: "OUTBOUND" })],
    counts: { ...CALLED, handled: 0, handleTime: null },
  },
];
