const ANN = [
  { namespace: "custid", value: "4587" },
  { namespace: "phone", value: "+46701740605" },
];

/** A record of each kind, as a sender would send it. */
export const RECORD_EXAMPLES = {
  Interaction: {
    source: "desk",
    sourceId: "chat-1",
    channelType: "CHAT",
    sessionStartTime: "2026-03-20T10:00:00Z",
    sessionEndTime: "2026-03-20T10:07:30Z",
    identities: ANN,
    agentId: "a-17",
    intent: "address",
    isResolved: true,
  },
  Call: {
    source: "my-pbx",
    sourceId: "call-1",
    startedAt: "2026-03-20T10:10:00Z",
    durationSeconds: 340,
    identities: ANN,
    agentId: "a-17",
    callReason: "invoice",
    outcome: "HANDLED",
  },
  Touchpoint: {
    source: "web",
    sourceId: "page-1",
    occurredAt: "2026-03-20T10:05:00Z",
    kind: "PAGE_VIEW",
    channel: "WEB",
    url: "https://shop.example/billing/invoice",
    sessionId: "visit-1",
    identities: [{ namespace: "cookie", value: "c-ann" }],
  },
  Customer: {
    source: "crm",
    sourceId: "4587",
    observedAt: "2026-03-20T09:00:00Z",
    identities: ANN,
    displayName: "Ann Example",
    customerSegmentId: "gold",
    vvip: true,
  },
} as const;
