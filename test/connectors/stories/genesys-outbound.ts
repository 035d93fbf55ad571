import { agent, CALLER, customer, queue, SERVED, session, talk } from "./genesys-words.ts";
import type { Story } from "./story.ts";

const connector = "genesys-cloud";

export const GENESYS_OUT: readonly Story[] = [
  {
    connector,
    cell: "voicemail",
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
    cell: "outbound, then transferred",
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
    cell: "outbound",
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
  {
    connector,
    cell: "answering machine",
    tells: "the dialler calls, and an answering machine picks up",
    given: [
      talk(
        "g9",
        [
          {
            participantId: "x",
            purpose: "customer",
            sessions: [
              session("s-x", [["interact", "10:00:10", "10:00:40"]], { direction: "outbound", dnis: `tel:${CALLER}` }),
            ],
          },
          agent(
            "ann",
            session(
              "s1",
              [
                ["interact", "10:00:10", "10:00:40"],
                ["wrapup", "10:00:40", "10:00:50"],
              ],
              {
                direction: "outbound",
                dnis: `tel:${CALLER}`,
                dispositionAnalyzer: "disposition.classification.callable.machine",
              },
            ),
          ),
        ],
        "outbound",
      ),
    ],
    counts: { ...SERVED, calls: 0, handled: 0, queued: 0, repeatCallers: null, handleTime: null, speedOfAnswer: null },
  },
];
