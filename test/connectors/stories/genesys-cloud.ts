import type { Story } from "./story.ts";

const CALLER = "+447700900501";
const clock = (time: string) => `2026-03-02T${time}Z`;

type Cut = readonly [type: string, from: string, to: string, more?: Record<string, unknown>];

const session = (id: string, segments: readonly Cut[], fields: Record<string, unknown> = {}) => ({
  sessionId: id,
  mediaType: "voice",
  ...fields,
  segments: segments.map(([segmentType, from, to, more]) => ({
    segmentType,
    segmentStart: clock(from),
    segmentEnd: clock(to),
    ...more,
  })),
});
const customer = (from: string, to: string) => ({
  participantId: "customer",
  purpose: "customer",
  sessions: [
    session("s-customer", [["interact", from, to]], {
      direction: "inbound",
      ani: `tel:${CALLER}`,
      dnis: "tel:+442079460000",
    }),
  ],
});
const queue = (id: string, from: string, to: string, disconnectType: string, fields = {}) => ({
  participantId: id,
  purpose: "acd",
  sessions: [session(`s-${id}`, [["interact", from, to, { queueId: "q", disconnectType }]], fields)],
});
const agent = (userId: string, ...sessions: readonly object[]) => ({
  participantId: userId,
  purpose: "agent",
  userId,
  sessions,
});
const talk = (conversationId: string, participants: readonly object[], originatingDirection = "inbound") => ({
  conversationId,
  originatingDirection,
  conversationEnd: clock("12:00:00"),
  participants,
});

const SERVED = {
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
const connector = "genesys-cloud";

export const GENESYS: readonly Story[] = [
  {
    connector,
    tells: "a call back: the wait, and the call dialled in it",
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
    tells: "voicemail out of the queue",
    given: [
      talk("g6", [
        customer("10:00:00", "10:03:00"),
        queue("a1", "10:00:00", "10:02:00", "transfer"),
        {
          participantId: "vm",
          purpose: "voicemail",
          sessions: [session("s-vm", [["interact", "10:02:00", "10:03:00"]])],
        },
      ]),
    ],
    counts: { ...SERVED, handled: 0, handleTime: null, speedOfAnswer: null },
  },
  {
    connector,
    tells: "an agent calls out, and passes the customer on",
    given: [
      talk(
        "g7",
        [
          {
            participantId: "x",
            purpose: "external",
            sessions: [
              session("s-x", [["interact", "10:00:10", "10:10:00"]], {
                direction: "outbound",
                ani: "tel:+442079460000",
                dnis: `tel:${CALLER}`,
              }),
            ],
          },
          agent(
            "ann",
            session(
              "s1",
              [
                ["dialing", "10:00:00", "10:00:10"],
                ["interact", "10:00:10", "10:04:10", { disconnectType: "transfer" }],
              ],
              { direction: "outbound", dnis: `tel:${CALLER}` },
            ),
          ),
          agent(
            "bob",
            session("s2", [
              ["alert", "10:04:00", "10:04:10"],
              ["interact", "10:04:10", "10:10:10"],
            ]),
          ),
        ],
        "outbound",
      ),
    ],
    counts: {
      ...SERVED,
      calls: 0,
      handled: 2,
      queued: 0,
      transfers: 1,
      repeatCallers: null,
      handleTime: 300,
      speedOfAnswer: null,
    },
  },
  {
    connector,
    tells: "an agent calls out, and nobody picks up",
    given: [
      talk(
        "g8",
        [
          agent(
            "ann",
            session("s1", [["dialing", "10:00:00", "10:00:30"]], { direction: "outbound", dnis: `tel:${CALLER}` }),
          ),
          {
            participantId: "x",
            purpose: "external",
            sessions: [
              session("s-x", [["dialing", "10:00:00", "10:00:30"]], { direction: "outbound", dnis: `tel:${CALLER}` }),
            ],
          },
        ],
        "outbound",
      ),
    ],
    counts: { ...SERVED, calls: 0, handled: 0, queued: 0, repeatCallers: null, handleTime: null, speedOfAnswer: null },
  },
];
