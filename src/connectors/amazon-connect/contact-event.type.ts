/** A contact event: a change of a contact that is not over. The contact record follows, and replaces it. */
export interface ContactEvent {
  /** INITIATED, CONNECTED_TO_SYSTEM, QUEUED, CONNECTED_TO_AGENT, DISCONNECTED, COMPLETED … */
  eventType: string;
  contactId: string;
  initialContactId: string;
  previousContactId: string;
  channel: string;
  instanceArn: string;
  initiationMethod: string;
  initiationTimestamp: string;
  connectedToSystemTimestamp: string;
  disconnectTimestamp: string;
  disconnectReason: string;
  agentInfo: {
    agentArn: string;
    connectedToAgentTimestamp: string;
    afterContactWorkEndTimestamp: string;
  };
  queueInfo: {
    queueArn: string;
    queueType: string;
    enqueueTimestamp: string;
  };
}

/** The wrappers in which EventBridge, SNS and Firehose deliver events. */
export interface Envelope {
  /** EventBridge: "Amazon Connect Contact Event". */
  "detail-type": string;
  detail: Record<string, string>;
  /** SNS: the message as JSON text. */
  Type: string;
  Message: string;
  /** Firehose: each record's JSON, as base64. */
  requestId: string;
  records: { data: string }[];
}

/** A message of a chat, as its participants see it. */
export interface ChatMessage {
  Id: string;
  ContactId: string;
  InitialContactId: string;
  /** MESSAGE, EVENT or ATTACHMENT; only a MESSAGE has text. */
  Type: string;
  /** CUSTOMER, AGENT or SYSTEM. */
  ParticipantRole: string;
  AbsoluteTime: string;
}
