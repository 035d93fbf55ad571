import type { Story } from "./story.ts";

export const CALLER = "+447700900301";
const LINE = "+442079460000";

/** A row of a call that began at 10:00, its times as minutes and seconds after that. */
export const row = (
  sequence: number,
  fields: Record<string, string>,
  [start, answer, end]: readonly [string, string, string],
) => ({
  accountcode: "",
  clid: "",
  channel: "PJSIP/trunk-00000001",
  dstchannel: "",
  dcontext: "from-trunk",
  lastapp: "Dial",
  lastdata: "",
  amaflags: "3",
  userfield: "",
  src: CALLER,
  dst: LINE,
  uniqueid: "1772445600.10",
  linkedid: "1772445600.10",
  sequence: String(sequence),
  start: `2026-03-02T10:${start}Z`,
  answer: answer && `2026-03-02T10:${answer}Z`,
  end: `2026-03-02T10:${end}Z`,
  disposition: answer ? "ANSWERED" : "NO ANSWER",
  ...fields,
});

export const SERVED = {
  contacts: 1,
  calls: 1,
  handled: 1,
  abandoned: 0,
  queued: 1,
  transfers: 0,
  repeatCallers: 0,
} as const;
export const ONE = [1, 1] as const;

export const ASTERISK: readonly Story[] = [
  {
    connector: "asterisk",
    cell: "ring group, hunting",
    tells: "case 08: a ring group: three desks ring, the third answers after 12 s and talks for 4:48",
    given: [
      row(21, { dst: "600", dcontext: "ext-group", dstchannel: "PJSIP/201-2" }, ["00:00", "", "00:12"]),
      row(22, { dst: "600", dcontext: "ext-group", dstchannel: "PJSIP/202-3" }, ["00:00", "", "00:12"]),
      row(23, { dst: "600", dcontext: "ext-group", dstchannel: "PJSIP/203-4" }, ["00:00", "00:12", "05:00"]),
    ],
    counts: { ...SERVED, resolved: ONE, handleTime: null, speedOfAnswer: 12, customer: CALLER },
  },
  {
    connector: "asterisk",
    tells: "hunting: the first desk rings for 15 s in vain, then the second for 5 s, and answers",
    given: [
      row(1, { dst: "600", dstchannel: "PJSIP/201-2" }, ["00:00", "", "00:15"]),
      row(2, { dst: "600", dstchannel: "PJSIP/202-3" }, ["00:15", "00:20", "02:00"]),
    ],
    counts: { ...SERVED, resolved: ONE, handleTime: null, speedOfAnswer: 20, customer: CALLER },
  },
  {
    connector: "asterisk",
    tells: "a ring group through Local channels: their inner halves are the same call",
    given: [
      row(1, { dst: "600", dstchannel: "Local/201@from-queue-00000001;1" }, ["00:00", "00:10", "03:00"]),
      row(
        2,
        {
          uniqueid: "1772445600.12",
          channel: "Local/201@from-queue-00000001;2",
          dcontext: "from-internal",
          dst: "201",
          dstchannel: "PJSIP/201-5",
        },
        ["00:00", "00:10", "03:00"],
      ),
    ],
    counts: { ...SERVED, resolved: ONE, handleTime: null, speedOfAnswer: 10, customer: CALLER },
  },
  {
    connector: "asterisk",
    tells: "a group that nobody answers: one caller gives up after 30 s",
    given: [
      row(1, { dst: "600", dstchannel: "PJSIP/201-2" }, ["00:00", "", "00:30"]),
      row(2, { dst: "600", dstchannel: "PJSIP/202-3" }, ["00:00", "", "00:30"]),
    ],
    counts: {
      contacts: 1,
      calls: 1,
      handled: 0,
      abandoned: 1,
      queued: 1,
      transfers: 0,
      repeatCallers: 0,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: null,
      customer: CALLER,
    },
  },
  {
    connector: "asterisk",
    cell: "outbound",
    tells: "case 09: an agent calls a customer from a desk whose caller id is ours",
    given: [
      row(
        31,
        {
          clid: `"Our firm" <${LINE}>`,
          channel: "PJSIP/202-7",
          dcontext: "from-internal",
          src: LINE,
          dst: CALLER,
          dstchannel: "PJSIP/trunk-8",
        },
        ["00:00", "00:10", "03:00"],
      ),
    ],
    counts: {
      contacts: 1,
      calls: 0,
      handled: 1,
      abandoned: 0,
      queued: 0,
      transfers: 0,
      repeatCallers: null,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: null,
      customer: CALLER,
    },
  },
  {
    connector: "asterisk",
    tells: "an agent calls a customer, who does not pick up",
    given: [
      row(
        30,
        { channel: "PJSIP/201-5", dcontext: "from-internal", src: "201", dst: CALLER, dstchannel: "PJSIP/trunk-6" },
        ["00:00", "", "00:25"],
      ),
    ],
    counts: {
      contacts: 1,
      calls: 0,
      handled: 0,
      abandoned: 0,
      queued: 0,
      transfers: 0,
      repeatCallers: null,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: null,
      customer: CALLER,
    },
  },
  {
    connector: "asterisk",
    cell: "consult, warm transfer",
    tells: "an agent asks a colleague while the customer holds, and goes on talking",
    given: [
      row(1, { dstchannel: "PJSIP/201-2" }, ["00:00", "00:05", "05:05"]),
      row(
        2,
        {
          uniqueid: "1772445700.20",
          channel: "PJSIP/201-6",
          dcontext: "from-internal",
          src: "201",
          dst: "202",
          dstchannel: "PJSIP/202-7",
        },
        ["02:00", "02:03", "02:40"],
      ),
    ],
    counts: { ...SERVED, resolved: ONE, handleTime: null, speedOfAnswer: 5, customer: CALLER },
  },
  {
    connector: "asterisk",
    cell: "blind transfer",
    tells: "a blind transfer: the second desk answers, and talks on",
    given: [
      row(1, { dstchannel: "PJSIP/201-2" }, ["00:00", "00:05", "03:00"]),
      row(2, { dcontext: "from-internal-xfer", dst: "202", dstchannel: "PJSIP/202-9" }, ["03:00", "03:05", "08:00"]),
    ],
    counts: {
      ...SERVED,
      handled: 2,
      queued: 2,
      transfers: 1,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: 5,
      customer: CALLER,
    },
  },
  {
    connector: "asterisk",
    cell: "outbound, then transferred",
    tells: "an agent calls a customer and hands them on, our number still on the line",
    given: [
      row(
        1,
        { channel: "PJSIP/201-5", dcontext: "from-internal", src: "201", dst: CALLER, dstchannel: "PJSIP/trunk-6" },
        ["00:00", "00:10", "03:00"],
      ),
      row(
        2,
        { channel: "PJSIP/trunk-6", dcontext: "from-internal-xfer", src: LINE, dst: "202", dstchannel: "PJSIP/202-9" },
        ["03:00", "03:05", "08:00"],
      ),
    ],
    counts: {
      ...SERVED,
      calls: 0,
      handled: 2,
      queued: 0,
      transfers: 1,
      repeatCallers: null,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: null,
      customer: CALLER,
    },
  },
];
