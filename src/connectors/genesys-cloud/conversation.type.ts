/** What the analytics API of Genesys Cloud answers to a conversation detail query or job. */
export interface ConversationPage {
  conversations: Conversation[];
}

export interface Conversation {
  conversationId: string;
  conversationStart: string;
  /** Missing while it goes on. */
  conversationEnd: string;
  /** inbound or outbound. */
  originatingDirection: string;
  participants: Participant[];
}

export interface Participant {
  participantId: string;
  /** customer, external, ivr, acd, agent, user, workflow, dialer, voicemail … */
  purpose: string;
  /** Of an agent or a user. */
  userId: string;
  participantName: string;
  externalContactId: string;
  sessions: Session[];
}

export interface Session {
  sessionId: string;
  /** voice, callback, chat, message, email, cobrowse … */
  mediaType: string;
  /** Of a message: sms, whatsapp, facebook, webmessaging … */
  messageType: string;
  direction: string;
  /** The caller and what they dialled, as tel: or sip: addresses. */
  ani: string;
  dnis: string;
  /** Of e-mail and messages. */
  addressFrom: string;
  addressTo: string;
  callbackNumbers: string[];
  outboundCampaignId: string;
  /** Of a dialler's call: who picked up, such as disposition.classification.callable.machine. */
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
  /** Whether more than two took part. */
  conference: boolean;
  queueId: string;
  wrapUpCode: string;
  wrapUpNote: string;
}
