/** What the analytics API of Genesys Cloud answers to a conversation detail query or job. */
export interface ConversationPage {
  conversations: Conversation[];
}

export interface Conversation {
  conversationId: string;
  conversationStart: string;
  /** Missing until it ends. */
  conversationEnd: string;
  /** inbound or outbound. */
  originatingDirection: string;
  participants: Participant[];
}

export interface Participant {
  participantId: string;
  /** customer, external, ivr, acd, agent, user, workflow, dialer, voicemail … */
  purpose: string;
  /** Only agents and users have it. */
  userId: string;
  participantName: string;
  externalContactId: string;
  sessions: Session[];
}

export interface Session {
  sessionId: string;
  /** voice, callback, chat, message, email, cobrowse … */
  mediaType: string;
  /** The service of a message: sms, whatsapp, facebook, webmessaging … */
  messageType: string;
  direction: string;
  /** The caller and what they dialled, as tel: or sip: addresses. */
  ani: string;
  dnis: string;
  /** Only e-mails and messages have them. */
  addressFrom: string;
  addressTo: string;
  callbackNumbers: string[];
  outboundCampaignId: string;
  /** Who picked up a dialler's call, such as disposition.classification.callable.machine. */
  dispositionAnalyzer: string;
  dispositionName: string;
  flow: { flowName: string; exitReason: string; transferType: string };
  segments: Segment[];
}

export interface Segment {
  segmentStart: string;
  segmentEnd: string;
  /** alert, interact, hold, wrapup, ivr, delay, dialing, contacting, system … */
  segmentType: string;
  /** peer, client, transfer, endpoint, system … */
  disconnectType: string;
  /** Whether it was a conference: more than two took part. */
  conference: boolean;
  queueId: string;
  wrapUpCode: string;
  wrapUpNote: string;
}
