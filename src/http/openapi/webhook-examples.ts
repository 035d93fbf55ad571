/** What a dialect's senders send, and a message of theirs about invented people. */
export interface WebhookExample {
  about: string;
  example: unknown;
}

/** By dialect, in its vendor's own words. */
export const WEBHOOK_EXAMPLES: Readonly<Record<string, WebhookExample>> = {
  "adobe-xdm": {
    about: "Adobe Experience Platform: XDM ExperienceEvents and Profiles.",
    example: {
      _id: "e-4",
      timestamp: "2026-03-20T10:00:00Z",
      web: { webPageDetails: { name: "Loans", URL: "https://bank.example/loans" } },
      identityMap: { ECID: [{ id: "ecid-ann" }] },
    },
  },
  "amazon-connect": {
    about: "Amazon Connect: contact records and contact events, also over Firehose, SNS and EventBridge.",
    example: {
      AWSContactTraceRecordFormatVersion: "2017-03-10",
      ContactId: "c-4",
      Channel: "VOICE",
      InitiationMethod: "INBOUND",
      InitiationTimestamp: "2026-03-20T10:00:00Z",
      DisconnectTimestamp: "2026-03-20T10:06:00Z",
      LastUpdateTimestamp: "2026-03-20T10:08:00Z",
      CustomerEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+46701740605" },
      SystemEndpoint: { Type: "TELEPHONE_NUMBER", Address: "+46812345678" },
    },
  },
  asterisk: {
    about: "Asterisk: call detail records, as JSON, as manager events, or as rows of Master.csv.",
    example: {
      src: "+46701740605",
      dst: "+46812345678",
      start: "2026-03-20T10:00:00Z",
      end: "2026-03-20T10:00:30Z",
      duration: 30,
      disposition: "BUSY",
      uniqueid: "1774000800.14",
    },
  },
  "call-tracking-metrics": {
    about: "CallTrackingMetrics: activities.",
    example: {
      id: 78,
      direction: "inbound",
      unix_time: 1774000100,
      contact_number: "+46701740605",
      tracking_number: "+46812345678",
      duration: 20,
      status: "no-answer",
    },
  },
  callrail: {
    about: "CallRail: pre-call, post-call and call-modified webhooks, texts and forms.",
    example: {
      id: 503,
      answered: false,
      direction: "inbound",
      start_time: "2026-03-20T10:00:00.000+01:00",
      duration: "0",
      customer_phone_number: "+46701740605",
      tracking_phone_number: "+46812345678",
    },
  },
  "genesys-cloud": {
    about: "Genesys Cloud: conversation details.",
    example: {
      conversationId: "g-4",
      originatingDirection: "inbound",
      participants: [
        {
          participantId: "c",
          purpose: "customer",
          sessions: [
            {
              sessionId: "s-c",
              mediaType: "voice",
              ani: "tel:+46701740605",
              dnis: "tel:+46812345678",
              segments: [
                { segmentStart: "2026-03-20T10:00:00Z", segmentEnd: "2026-03-20T10:06:00Z", segmentType: "interact" },
              ],
            },
          ],
        },
        {
          participantId: "a",
          purpose: "agent",
          userId: "agent-berit",
          sessions: [
            {
              sessionId: "s-a",
              mediaType: "voice",
              segments: [
                { segmentStart: "2026-03-20T10:01:00Z", segmentEnd: "2026-03-20T10:06:00Z", segmentType: "interact" },
              ],
            },
          ],
        },
      ],
    },
  },
  infinity: {
    about: "Infinity: call events.",
    example: {
      igrp: 12,
      dt: "2026-03-20 09:00:00",
      telcoCallRef: "inf-2",
      dialledPhoneNumber: "+46812345678",
      srcPhoneNumber: "+46701740606",
      callDuration: 0,
      ringTime: 25,
    },
  },
  qubit: {
    about: "Qubit: transaction events of finance, shops and travel.",
    example: {
      context: { id: "qubit-ann" },
      meta: { type: "ecBasketTransactionSummary", ts: 1774000000 },
      basket: { total: { value: 129.5, currency: "SEK" } },
      transaction: { id: "T-1005" },
    },
  },
  responsetap: {
    about: "ResponseTap: calls.",
    example: {
      callId: "rt-2",
      callStartTime: "2026-03-20T17:05:00Z",
      cliNumber: "+46701740605",
      dialledNumber: "+46812345678",
      callStatus: "missed",
    },
  },
  "salesforce-task": {
    about: "Salesforce: tasks, as call-tracking systems write them; a blank type is a web visit.",
    example: {
      Id: "00T1",
      Subject: "Rate question",
      Type: "Call",
      CreatedDate: "2026-03-20T10:00:00.000+0000",
      WhoId: "003ANN",
      CallType: "Inbound",
      CallDurationInSeconds: 240,
      CallObject: "CM77",
    },
  },
  segment: {
    about: "Segment: track, page, screen, identify and group.",
    example: {
      type: "page",
      messageId: "m-1",
      anonymousId: "a-ann",
      name: "Loans",
      timestamp: "2026-03-20T10:00:00.000Z",
      properties: { url: "https://bank.example/loans" },
    },
  },
  twilio: {
    about: "Twilio: status callbacks of calls, and Studio's executions and steps.",
    example: {
      CallSid: "CA1",
      AccountSid: "AC1",
      From: "+46701740605",
      To: "+46812345678",
      Direction: "inbound",
      CallStatus: "completed",
      CallDuration: "95",
      Timestamp: "Fri, 20 Mar 2026 10:02:00 +0000",
    },
  },
  vcon: {
    about: "IETF vCon: conversations.",
    example: {
      vcon: "0.0.2",
      uuid: "0190-vcon-2",
      created_at: "2026-03-20T10:00:00Z",
      parties: [{ tel: "+46701740605" }, { tel: "+46855500001" }],
      dialog: [{ type: "recording", start: "2026-03-20T10:00:00Z", duration: 60, parties: [0, 1] }],
    },
  },
  cloudevents: {
    about: "CloudEvents: an envelope round our own records, or round any of these dialects' messages.",
    example: {
      specversion: "1.0",
      type: "customer360.call",
      source: "cti-se",
      id: "ev-1",
      time: "2026-03-20T10:00:00Z",
      data: {
        startedAt: "2026-03-20T10:00:00Z",
        durationSeconds: 60,
        identities: [{ namespace: "phone", value: "+46701740605" }],
      },
    },
  },
};
