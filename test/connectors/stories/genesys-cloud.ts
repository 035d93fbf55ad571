import { agent, CALLER, customer, queue, SERVED, session, talk } from "./genesys-words.ts";
import type { Story } from "./story.ts";

const connector = "genesys-cloud";

export const GENESYS: readonly Story[] = [
  {
    connector,
    cell: "callback, queued",
    tells: "case 11: a call back: the wait, and the call dialled in it",
    given: [
      talk("g1", [
        customer("10:00:00", "10:03:00"),
        queue("a1", "10:00:10", "10:03:00", "endpoint"),
        queue("a2", "10:03:00", "10:20:00", "transfer", { mediaType: "callback", callbackNumbers: [CALLER] }),
        agent(
          "ann",
          session(
            "s4",
            [
              ["alert", "10:20:00", "10:20:10"],
              ["interact", "10:20:10", "10:30:00"],
              ["wrapup", "10:30:00", "10:30:30"],
            ],
            { mediaType: "callback", callbackNumbers: [CALLER] },
          ),
          session(
            "s5",
            [
              ["dialing", "10:20:30", "10:20:40"],
              ["interact", "10:20:40", "10:29:50"],
            ],
            { direction: "outbound", dnis: `tel:${CALLER}` },
          ),
        ),
      ]),
    ],
    counts: { ...SERVED, callbacks: { asked: 1, completed: 1 }, handleTime: 590, speedOfAnswer: null },
  },
  {
    connector,
    tells: "a consult that comes to nothing: the first agent goes on talking",
    given: [
      talk("g2", [
        customer("10:00:00", "10:10:00"),
        queue("a1", "10:00:00", "10:01:00", "transfer"),
        agent(
          "ann",
          session("s1", [
            ["alert", "10:00:50", "10:01:00"],
            ["interact", "10:01:00", "10:03:00"],
            ["hold", "10:03:00", "10:04:00"],
            ["interact", "10:04:00", "10:10:00"],
          ]),
          session(
            "s2",
            [
              ["dialing", "10:03:00", "10:03:10"],
              ["interact", "10:03:10", "10:04:00"],
            ],
            { direction: "outbound" },
          ),
        ),
        agent(
          "bob",
          session("s3", [
            ["alert", "10:03:00", "10:03:10"],
            ["interact", "10:03:10", "10:04:00"],
          ]),
        ),
      ]),
    ],
    counts: { ...SERVED, handleTime: 540, speedOfAnswer: 60 },
  },
  {
    connector,
    cell: "consult, warm transfer",
    tells: "a consult that becomes a transfer, to the other agent and not to oneself",
    given: [
      talk("g3", [
        customer("10:00:00", "10:10:00"),
        queue("a1", "10:00:00", "10:01:00", "transfer"),
        agent(
          "ann",
          session("s1", [
            ["alert", "10:00:50", "10:01:00"],
            ["interact", "10:01:00", "10:03:00"],
            ["hold", "10:03:00", "10:04:00", { disconnectType: "transfer" }],
          ]),
          session(
            "s2",
            [
              ["dialing", "10:03:00", "10:03:10"],
              ["interact", "10:03:10", "10:04:00", { disconnectType: "transfer" }],
            ],
            { direction: "outbound" },
          ),
        ),
        agent(
          "bob",
          session("s3", [
            ["alert", "10:03:00", "10:03:10"],
            ["interact", "10:03:10", "10:10:00"],
          ]),
        ),
      ]),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: 295, speedOfAnswer: 35 },
  },
  {
    connector,
    cell: "conference",
    tells: "a conference: both agents talk with the customer",
    given: [
      talk("g4", [
        customer("10:00:00", "10:10:00"),
        queue("a1", "10:00:00", "10:01:00", "transfer"),
        agent(
          "ann",
          session("s1", [
            ["alert", "10:00:50", "10:01:00"],
            ["interact", "10:01:00", "10:10:00", { conference: true }],
          ]),
        ),
        agent("bob", session("s3", [["interact", "10:03:00", "10:05:00", { conference: true }]])),
      ]),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, handleTime: 330, speedOfAnswer: 30 },
  },
  {
    connector,
    cell: ["ring group, hunting", "queue overflow"],
    tells: "hunting and overflow: two agents do not answer, the second queue's agent does",
    given: [
      talk("g5", [
        customer("10:00:00", "10:10:00"),
        queue("a1", "10:00:00", "10:02:00", "transfer"),
        agent("ann", session("s1", [["alert", "10:00:20", "10:00:40"]])),
        agent("bob", session("s2", [["alert", "10:00:50", "10:01:10"]])),
        queue("a2", "10:02:00", "10:03:00", "transfer"),
        agent(
          "cat",
          session("s3", [
            ["alert", "10:02:50", "10:03:00"],
            ["interact", "10:03:00", "10:10:00"],
          ]),
        ),
      ]),
    ],
    counts: { ...SERVED, queued: 2, handleTime: 420, speedOfAnswer: 60 },
  },
  {
    connector,
    cell: "blind transfer",
    tells: "a blind transfer to another queue, where an agent answers",
    given: [
      talk("g10", [
        customer("10:00:00", "10:10:00"),
        queue("a1", "10:00:00", "10:01:00", "transfer"),
        agent(
          "ann",
          session("s1", [
            ["alert", "10:00:50", "10:01:00"],
            ["interact", "10:01:00", "10:03:00", { disconnectType: "transfer" }],
          ]),
        ),
        queue("a2", "10:03:00", "10:04:00", "transfer"),
        agent(
          "bob",
          session("s3", [
            ["alert", "10:03:50", "10:04:00"],
            ["interact", "10:04:00", "10:10:00"],
          ]),
        ),
      ]),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: 240, speedOfAnswer: 60 },
  },
  {
    connector,
    cell: "callback by date",
    tells: "a call back at four, asked for at ten",
    given: [
      talk("g11", [
        customer("10:00:00", "10:03:00"),
        queue("a1", "10:00:10", "10:03:00", "endpoint"),
        queue("a2", "10:03:00", "16:00:00", "transfer", {
          mediaType: "callback",
          callbackNumbers: [CALLER],
          callbackScheduledTime: "2026-03-02T16:00:00Z",
        }),
        agent(
          "ann",
          session(
            "s4",
            [
              ["alert", "16:00:00", "16:00:10"],
              ["interact", "16:00:10", "16:10:00"],
            ],
            { mediaType: "callback", callbackNumbers: [CALLER] },
          ),
          session(
            "s5",
            [
              ["dialing", "16:00:30", "16:00:40"],
              ["interact", "16:00:40", "16:09:50"],
            ],
            { direction: "outbound", dnis: `tel:${CALLER}` },
          ),
        ),
      ]),
    ],
    counts: { ...SERVED, callbacks: { asked: 1, completed: 1 }, handleTime: 560, speedOfAnswer: null },
  },
];
