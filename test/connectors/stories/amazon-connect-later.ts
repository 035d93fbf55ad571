import { CALLED, record, SERVED } from "./amazon-connect.ts";
import type { Story } from "./story.ts";

const connector = "amazon-connect";

export const CONNECT_LATER: readonly Story[] = [
  {
    connector,
    cell: "blind transfer",
    tells: "a blind transfer: the agent is gone before the next one answers",
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
        from: "10:05:00",
        to: "10:12:00",
        agent: ["bob", "10:05:40", "10:12:40"],
        queue: ["10:05:00", "10:05:40", 40],
      }),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: (300 + 420) / 2, speedOfAnswer: 30 },
  },
  {
    connector,
    cell: "callback by date",
    tells: "a call back at four, asked for at ten: nobody waits in between",
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
        to: "16:08:00",
        agent: ["ann", "16:00:20", "16:08:30"],
        queue: ["16:00:00", "16:00:20", 20],
      }),
    ],
    counts: { ...SERVED, callbacks: { asked: 1, completed: 1 }, handleTime: 490, speedOfAnswer: null },
  },
  {
    connector,
    cell: "outbound",
    tells: "an agent calls a customer, who answers",
    given: [
      record({
        id: "c1",
        method: "OUTBOUND",
        from: "10:00:00",
        to: "10:05:00",
        agent: ["ann", "10:00:20", "10:05:20"],
      }),
    ],
    counts: { ...CALLED, handleTime: 300 },
  },
];
