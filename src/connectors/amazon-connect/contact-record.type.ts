/** A contact record (formerly CTR): what Amazon Connect knows of a contact that is over. Delivered at least once. */
export interface ContactRecord {
  AWSContactTraceRecordFormatVersion: string;
  ContactId: string;
  /** The first contact of a chain of transfers; null on the first. */
  InitialContactId: string | null;
  PreviousContactId: string | null;
  /** The contact that followed a transfer. */
  NextContactId: string | null;
  /** VOICE, CHAT, TASK or EMAIL. */
  Channel: string;
  /** INBOUND, OUTBOUND, TRANSFER, QUEUE_TRANSFER, CALLBACK, API … */
  InitiationMethod: string;
  InitiationTimestamp: string;
  ConnectedToSystemTimestamp: string;
  DisconnectTimestamp: string;
  /** CUSTOMER_DISCONNECT, AGENT_DISCONNECT, CONTACT_FLOW_DISCONNECT, TELECOM_PROBLEM … */
  DisconnectReason: string;
  /** The newer of two copies of the record has the later one. */
  LastUpdateTimestamp: string;
  TransferCompletedTimestamp: string | null;
  Agent: ContactAgent | null;
  Queue: ContactQueue | null;
  CustomerEndpoint: ContactEndpoint | null;
  /** Our number or address. */
  SystemEndpoint: ContactEndpoint | null;
  TransferredToEndpoint: ContactEndpoint | null;
  /** The customer's id, where the flow set it. */
  CustomerId: string;
  Attributes: Record<string, string>;
  Campaign: { CampaignId: string } | null;
  /** Who picked up a campaign's call, such as HUMAN_ANSWERED or VOICEMAIL_BEEP. */
  AnsweringMachineDetectionStatus: string;
}

interface ContactAgent {
  Username: string;
  ARN: string;
  ConnectedToAgentTimestamp: string;
  AfterContactWorkStartTimestamp: string;
  AfterContactWorkEndTimestamp: string;
  /** Seconds on hold, all holds together. */
  CustomerHoldDuration: number;
  AgentInteractionDuration: number;
  AfterContactWorkDuration: number;
  RoutingProfile: { Name: string };
  HierarchyGroups: { Level1: { GroupName: string } | null } | null;
}

interface ContactQueue {
  ARN: string;
  Name: string;
  EnqueueTimestamp: string;
  DequeueTimestamp: string;
  /** Seconds in the queue. */
  Duration: number;
}

export interface ContactEndpoint {
  /** TELEPHONE_NUMBER, EMAIL_ADDRESS, VOIP, CONTACT_FLOW … */
  Type: string;
  Address: string;
}
