import type { Story } from "./story.ts";

const CALLER = "+447700900601";
const LINE = "+442079460000";
const AGENT = "+442079460055";

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

const twilio = (fields: Record<string, string>) =>
  new URLSearchParams({
    AccountSid: "AC1",
    CallStatus: "completed",
    Timestamp: "Mon, 02 Mar 2026 10:02:00 +0000",
    ...fields,
  }).toString();
const dialled = { Direction: "outbound-dial", ParentCallSid: "CA1", From: CALLER };

export const vcon = (dialog: readonly object[]) => ({
  vcon: "0.0.2",
  uuid: "0190-story",
  created_at: "2026-03-02T12:00:00Z",
  parties: [
    { tel: CALLER, role: "customer" },
    { tel: AGENT, role: "agent" },
    { tel: "+442079460056", role: "agent" },
  ],
  dialog,
});
export const recording = (start: string, duration: number, parties: readonly number[]) => ({
  type: "recording",
  start: `2026-03-02T${start}Z`,
  duration,
  parties,
});

export const OTHERS: readonly Story[] = [
  {
    connector: "twilio",
    cell: "ring group, hunting",
    tells: "two agents are dialled, the second answers: the caller's call is the contact",
    given: [
      twilio({ CallSid: "CA1", Direction: "inbound", From: CALLER, To: LINE, CallDuration: "100" }),
      twilio({ CallSid: "CA2", ...dialled, To: "client:ann", CallStatus: "no-answer", CallDuration: "0" }),
      twilio({ CallSid: "CA3", ...dialled, To: "client:bob", CallDuration: "80" }),
    ],
    counts: { ...SERVED, handleTime: null, speedOfAnswer: null },
  },
  {
    connector: "twilio",
    cell: "answering machine",
    tells: "case 36: an answering machine picks up",
    given: [
      twilio({
        CallSid: "CA5",
        Direction: "outbound-api",
        From: LINE,
        To: CALLER,
        AnsweredBy: "machine_start",
        CallDuration: "25",
      }),
    ],
    counts: { ...CALLED, handled: 0, handleTime: null },
  },
  {
    connector: "vcon",
    cell: "consult, warm transfer",
    tells: "a consult and a transfer: two talks with the customer, one between agents",
    given: [
      vcon([
        recording("10:00:00", 120, [0, 1]),
        recording("10:01:30", 20, [1, 2]),
        { type: "transfer", original: 0, consultation: 1, target_dialog: 3 },
        recording("10:02:00", 180, [0, 2]),
      ]),
    ],
    counts: { ...SERVED, handled: 2, queued: 2, transfers: 1, handleTime: null, speedOfAnswer: null },
  },
  {
    connector: "vcon",
    cell: "outbound",
    tells: "an agent calls, and nobody answers",
    given: [
      vcon([
        { type: "incomplete", start: "2026-03-02T10:00:00Z", duration: 0, parties: [1, 0], disposition: "no-answer" },
      ]),
    ],
    counts: { ...CALLED, handled: 0, handleTime: null },
  },
  {
    connector: "callrail",
    tells: "an outbound call: our tracking number is on our side",
    given: [
      {
        id: 9,
        direction: "outbound",
        answered: true,
        start_time: "2026-03-02T10:00:00Z",
        duration: "60",
        customer_phone_number: CALLER,
        tracking_phone_number: LINE,
      },
    ],
    counts: { ...CALLED, handleTime: null },
  },
  {
    connector: "callrail",
    tells: "a caller whom nobody answers leaves a message",
    given: [
      {
        id: 10,
        direction: "inbound",
        answered: false,
        voicemail: true,
        start_time: "2026-03-02T10:00:00Z",
        duration: "40",
        customer_phone_number: CALLER,
        tracking_phone_number: LINE,
      },
    ],
    counts: { ...SERVED, handled: 0, handleTime: null, speedOfAnswer: null },
  },
  {
    connector: "twilio",
    cell: "outbound",
    tells: "an agent calls a customer, who answers",
    given: [twilio({ CallSid: "CA6", Direction: "outbound-api", From: LINE, To: CALLER, CallDuration: "60" })],
    counts: { ...CALLED, handleTime: null },
  },
  {
    connector: "vcon",
    cell: "voicemail",
    tells: "a caller whom nobody answers leaves no message in the voicemail",
    given: [vcon([{ ...recording("10:00:00", 20, [0, 1]), type: "incomplete", disposition: "voicemail-no-message" }])],
    counts: { ...SERVED, handled: 0, handleTime: null, speedOfAnswer: null },
  },
  {
    connector: "salesforce-task",
    tells: "an agent calls, and a machine answers",
    given: [
      {
        Id: "00T900000000022",
        Type: "Call",
        CallType: "Outbound",
        CallDisposition: "Left voicemail",
        Phone: CALLER,
        CreatedDate: "2026-03-02T11:24:00.000+0000",
      },
    ],
    counts: { ...CALLED, handled: 0, handleTime: null },
  },
  {
    connector: "call-tracking-metrics",
    tells: "an outbound call: the customer is whom we called",
    given: [
      {
        sid: "CM9",
        direction: "outbound",
        unix_time: 1_772_445_600,
        caller_number: LINE,
        contact_number: CALLER,
        tracking_number: LINE,
        duration: 70,
        talk_time: 60,
        ring_time: 10,
        status: "answered",
      },
    ],
    counts: { ...CALLED, handleTime: null },
  },
  {
    connector: "infinity",
    tells: "a call that nobody took",
    given: [
      {
        telcoCallRef: "i1",
        dt: "2026-03-02 10:00:00",
        srcPhoneNumber: CALLER,
        dialledPhoneNumber: LINE,
        callDuration: 0,
        ringTime: 25,
        bridgeDuration: 0,
      },
    ],
    counts: { ...SERVED, handled: 0, abandoned: 1, handleTime: null, speedOfAnswer: null },
  },
  {
    connector: "responsetap",
    tells: "a call that was missed, and the caller tries again an hour later",
    given: [
      {
        callId: "rt1",
        callStartTime: "2026-03-02T10:00:00Z",
        callDuration: 20,
        cliNumber: CALLER,
        dialledNumber: LINE,
        callStatus: "missed",
      },
      {
        callId: "rt2",
        callStartTime: "2026-03-02T11:00:00Z",
        callDuration: 120,
        cliNumber: CALLER,
        dialledNumber: LINE,
        callStatus: "answered",
      },
    ],
    counts: {
      ...SERVED,
      contacts: 2,
      calls: 2,
      abandoned: 1,
      queued: 2,
      repeatCallers: 1,
      resolved: [1, 2],
      handleTime: null,
      speedOfAnswer: null,
    },
  },
  {
    connector: "salesforce-task",
    tells: "case 25: an agent logs a call of four minutes",
    given: [
      {
        Id: "00T900000000002",
        Subject: "Call",
        Type: null,
        TaskSubtype: "Call",
        CallType: "Inbound",
        CallDurationInSeconds: 240,
        Phone: CALLER,
        CreatedDate: "2026-03-02T11:24:00.000+0000",
        OwnerId: "005C",
      },
    ],
    counts: { ...SERVED, handleTime: null, speedOfAnswer: null },
  },
];
