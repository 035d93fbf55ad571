import { CALLER, ONE, row, SERVED } from "./asterisk.ts";
import type { Story } from "./story.ts";

const connector = "asterisk";
const DESK = { uniqueid: "1772445700.20", dcontext: "from-internal" };

export const ASTERISK_QUEUES: readonly Story[] = [
  {
    connector,
    cell: "queue overflow",
    tells: "a queue in which nobody answers for 20 s overflows into another, where a desk does after 10 s",
    given: [
      row(1, { dst: "600", lastapp: "Queue", dstchannel: "PJSIP/201-2" }, ["00:00", "", "00:20"]),
      row(2, { dst: "601", lastapp: "Queue", dstchannel: "PJSIP/301-3" }, ["00:20", "00:30", "03:30"]),
    ],
    counts: { ...SERVED, queued: 2, resolved: ONE, handleTime: null, speedOfAnswer: 10, customer: CALLER },
  },
  {
    connector,
    tells: "an overflow in which nobody answers either: one caller gives up",
    given: [
      row(1, { dst: "600", lastapp: "Queue", dstchannel: "PJSIP/201-2" }, ["00:00", "", "00:20"]),
      row(2, { dst: "601", lastapp: "Queue", dstchannel: "PJSIP/301-3" }, ["00:20", "", "00:50"]),
    ],
    counts: {
      ...SERVED,
      handled: 0,
      abandoned: 1,
      queued: 2,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: null,
      customer: CALLER,
    },
  },
  {
    connector,
    cell: "call parked",
    tells: "an agent parks a caller, and another takes them out of the park",
    given: [
      row(1, { dstchannel: "PJSIP/201-2" }, ["00:00", "00:06", "01:00"]),
      row(2, { dst: "700", lastapp: "Park" }, ["01:00", "01:00", "02:00"]),
      row(
        3,
        {
          ...DESK,
          channel: "PJSIP/202-9",
          src: "202",
          dst: "701",
          lastapp: "ParkedCall",
          dstchannel: "PJSIP/trunk-00000001",
        },
        ["02:00", "02:00", "04:00"],
      ),
    ],
    counts: {
      ...SERVED,
      handled: 2,
      queued: 3,
      transfers: 1,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: 3,
      customer: CALLER,
    },
  },
  {
    connector,
    cell: "conference",
    tells: "an agent asks a colleague into the call on her telephone: three of them talk to the end",
    given: [
      row(1, { dstchannel: "PJSIP/201-2" }, ["00:00", "00:05", "08:00"]),
      row(2, { ...DESK, channel: "PJSIP/201-6", src: "201", dst: "202", dstchannel: "PJSIP/202-7" }, [
        "02:00",
        "02:03",
        "08:00",
      ]),
    ],
    counts: { ...SERVED, resolved: ONE, handleTime: null, speedOfAnswer: 5, customer: CALLER },
  },
  {
    connector: "asterisk",
    cell: "voicemail",
    tells: "a caller whom nobody answers is put to voicemail",
    given: [
      row(1, { dst: "201", dstchannel: "PJSIP/201-2" }, ["00:00", "", "00:20"]),
      row(2, { dst: "201", lastapp: "VoiceMail", dcontext: "ext-local" }, ["00:20", "00:20", "00:50"]),
    ],
    counts: {
      contacts: 1,
      calls: 1,
      handled: 0,
      abandoned: 0,
      queued: 1,
      transfers: 0,
      repeatCallers: 0,
      resolved: ONE,
      handleTime: null,
      speedOfAnswer: null,
      customer: CALLER,
    },
  },
];
