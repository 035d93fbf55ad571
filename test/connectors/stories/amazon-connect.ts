import type { Story } from "./story.ts";

const CALLER = "+447700900401";
const LINE = { Address: "+442079460000", Type: "TELEPHONE_NUMBER" };
const at = (clock: string | null) => clock && `2026-03-02T${clock}Z`;

interface Leg {
  id: string;
  method?: string;
  /** First, previous and next contact. */
  ties?: readonly [string | null, string | null, string | null];
  from: string;
  to: string;
  /** Who took it, when, and to when they wrapped up. */
  agent?: readonly [string, string, string];
  queue?: readonly [string, string, number];
  transferredAt?: string;
  reason?: string;
}

/** A contact record, its times as clock times of the day. */
export const record = ({
  id,
  method = "INBOUND",
  ties = [null, null, null],
  from,
  to,
  agent,
  queue,
  transferredAt,
  reason,
}: Leg) => ({
  ContactId: id,
  Channel: "VOICE",
  InitiationMethod: method,
  InitialContactId: ties[0],
  PreviousContactId: ties[1],
  NextContactId: ties[2],
  InitiationTimestamp: at(from),
  DisconnectTimestamp: at(to),
  DisconnectReason: reason ?? "CUSTOMER_DISCONNECT",
  LastUpdateTimestamp: "2026-03-02T20:00:00Z",
  TransferCompletedTimestamp: at(transferredAt ?? null),
  CustomerEndpoint: { Address: CALLER, Type: "TELEPHONE_NUMBER" },
  SystemEndpoint: LINE,
  Agent: agent
    ? {
        Username: agent[0],
        ConnectedToAgentTimestamp: at(agent[1]),
        AfterContactWorkEndTimestamp: at(agent[2]),
        CustomerHoldDuration: 0,
      }
    : null,
  Queue: queue
    ? { Name: "Sales", EnqueueTimestamp: at(queue[0]), DequeueTimestamp: at(queue[1]), Duration: queue[2] }
    : null,
});

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
export const CALLED = { ...SERVED, calls: 0, queued: 0, repeatCallers: null, speedOfAnswer: null } as const;
const connector = "amazon-connect";

export const CONNECT: readonly Story[] = [
  {
    connector,
    cell: "consult, warm transfer",
    tells: "case 06: a warm transfer: two agents, one call",
    given: [
      record({
        id: "c1",
        ties: [null, null, "c2"],
        from: "10:00:00",
        to: "10:05:00",
        agent: ["ann", "10:00:30", "10:05:30"],
        queue: ["10:00:10", "10:00:30", 20],
        transferredAt: "10:05:00",
        reason: "AGENT_DISCONNECT",
      }),
      record({
        id: "c2",
        method: "TRANSFER",
        ties: ["c1", "c1", null],
        from: "10:04:00",
        to: "10:12:00",
        agent: ["bob", "10:04:40", "10:12:40"],
        queue: ["10:04:10", "10:04:40", 30],
      }),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: 390, speedOfAnswer: 25 },
  },
  {
    connector,
    cell: "callback, queued",
    tells: "a queued call back: one contact that waited, and was served later",
    given: [
      record({
        id: "c1",
        ties: [null, null, "c2"],
        from: "10:00:00",
        to: "10:02:10",
        queue: ["10:00:10", "10:02:10", 120],
        reason: "CONTACT_FLOW_DISCONNECT",
      }),
      record({
        id: "c2",
        method: "CALLBACK",
        ties: ["c1", "c1", null],
        from: "10:02:10",
        to: "10:30:00",
        agent: ["ann", "10:20:00", "10:30:30"],
        queue: ["10:02:10", "10:20:00", 1070],
      }),
    ],
    counts: { ...SERVED, callbacks: { asked: 1, completed: 1 }, handleTime: 630, speedOfAnswer: null },
  },
  {
    connector,
    tells: "a consult: the colleague leaves the line, the agent goes on talking",
    given: [
      record({
        id: "c1",
        ties: [null, null, "c2"],
        from: "10:00:00",
        to: "10:10:00",
        agent: ["ann", "10:00:30", "10:10:30"],
        queue: ["10:00:10", "10:00:30", 20],
      }),
      record({
        id: "c2",
        method: "TRANSFER",
        ties: ["c1", "c1", null],
        from: "10:04:00",
        to: "10:05:00",
        agent: ["bob", "10:04:10", "10:05:00"],
        reason: "AGENT_DISCONNECT",
      }),
    ],
    counts: { ...SERVED, handleTime: 600, speedOfAnswer: 20 },
  },
  {
    connector,
    tells: "a transfer of which only the second record's length tells",
    given: [
      record({
        id: "c1",
        ties: [null, null, "c2"],
        from: "10:00:00",
        to: "10:05:00",
        agent: ["ann", "10:00:30", "10:05:30"],
        queue: ["10:00:10", "10:00:30", 20],
        reason: "AGENT_DISCONNECT",
      }),
      record({
        id: "c2",
        method: "TRANSFER",
        ties: ["c1", "c1", null],
        from: "10:04:00",
        to: "10:12:00",
        agent: ["bob", "10:04:40", "10:12:40"],
        queue: ["10:04:10", "10:04:40", 30],
      }),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: 390, speedOfAnswer: 25 },
  },
  {
    connector,
    cell: "queue overflow",
    tells: "a queue overflows into another, where an agent answers",
    given: [
      record({
        id: "c1",
        ties: [null, null, "c2"],
        from: "10:00:00",
        to: "10:03:00",
        queue: ["10:00:00", "10:03:00", 180],
        reason: "OTHER",
      }),
      record({
        id: "c2",
        method: "QUEUE_TRANSFER",
        ties: ["c1", "c1", null],
        from: "10:03:00",
        to: "10:08:00",
        agent: ["ann", "10:04:00", "10:08:00"],
        queue: ["10:03:00", "10:04:00", 60],
      }),
    ],
    counts: { ...SERVED, queued: 2, handleTime: 240, speedOfAnswer: 60 },
  },
  {
    connector,
    cell: "outbound, then transferred",
    tells: "an outbound call that is transferred: nobody called us",
    given: [
      record({
        id: "c1",
        method: "OUTBOUND",
        ties: [null, null, "c2"],
        from: "10:00:00",
        to: "10:05:00",
        agent: ["ann", "10:00:20", "10:05:20"],
        transferredAt: "10:05:00",
        reason: "AGENT_DISCONNECT",
      }),
      record({
        id: "c2",
        method: "TRANSFER",
        ties: ["c1", "c1", null],
        from: "10:05:00",
        to: "10:10:00",
        agent: ["bob", "10:05:00", "10:10:00"],
      }),
    ],
    counts: { ...CALLED, handled: 2, transfers: 1, handleTime: 300 },
  },
  {
    connector,
    cell: "answering machine",
    tells: "an outbound call that an answering machine takes",
    given: [
      {
        ...record({
          id: "c1",
          method: "OUTBOUND",
          from: "10:00:00",
          to: "10:00:40",
          agent: ["ann", "10:00:20", "10:00:45"],
        }),
        AnsweringMachineDetectionStatus: "VOICEMAIL_BEEP",
      },
    ],
    counts: { ...CALLED, handled: 0, handleTime: null },
  },
  {
    connector,
    tells: "given up in the queue after a minute",
    given: [record({ id: "c1", from: "10:00:00", to: "10:01:10", queue: ["10:00:10", "10:01:10", 60] })],
    counts: { ...SERVED, handled: 0, abandoned: 1, handleTime: null, speedOfAnswer: null },
  },
];
