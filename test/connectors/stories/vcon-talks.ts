import { CALLED, recording, SERVED, vcon } from "./others.ts";
import type { Story } from "./story.ts";

const connector = "vcon";
const UNTIMED = { handleTime: null, speedOfAnswer: null };

export const VCON_TALKS: readonly Story[] = [
  {
    connector,
    cell: "blind transfer",
    tells: "a blind transfer: two talks with the customer, and none between the agents",
    given: [
      vcon([
        recording("10:00:00", 120, [0, 1]),
        { type: "transfer", original: 0, target_dialog: 2 },
        recording("10:02:10", 180, [0, 2]),
      ]),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, ...UNTIMED },
  },
  {
    connector,
    cell: "conference",
    tells: "a conference: one recording of three",
    given: [vcon([recording("10:00:00", 300, [0, 1, 2])])],
    counts: { ...SERVED, ...UNTIMED },
  },
  {
    connector,
    cell: "outbound, then transferred",
    tells: "an agent calls a customer and passes them on",
    given: [
      vcon([
        recording("10:00:00", 120, [1, 0]),
        { type: "transfer", original: 0, target_dialog: 2 },
        recording("10:02:10", 180, [0, 2]),
      ]),
    ],
    counts: { ...CALLED, handled: 2, transfers: 1, ...UNTIMED },
  },
];
