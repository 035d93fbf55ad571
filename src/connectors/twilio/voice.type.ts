/** What Twilio posts, as a form, to the status callback of a call: once for each event that was asked for. */
export interface VoiceCallback {
  CallSid: string;
  AccountSid: string;
  /** Of a leg that <Dial> made: the call that it belongs to. */
  ParentCallSid: string;
  From: string;
  To: string;
  /** inbound, outbound-api or outbound-dial. */
  Direction: string;
  /** queued, initiated, ringing, in-progress, completed, busy, failed, no-answer, canceled. */
  CallStatus: string;
  /** Seconds; on the completed event only. */
  CallDuration: string;
  /** When the event was fired, as RFC 2822. A request for TwiML has none. */
  Timestamp: string;
  /** The order of the call's events, from 0. */
  SequenceNumber: string;
  AnsweredBy: string;
  ForwardedFrom: string;
  SipResponseCode: string;
}

/** A call as Twilio's REST API lists it. */
export interface VoiceCall {
  sid: string;
  parent_call_sid: string;
  from: string;
  to: string;
  direction: string;
  status: string;
  /** RFC 2822, as `end_time` and `date_updated` are. */
  start_time: string;
  end_time: string;
  date_updated: string;
  /** Seconds, as text. */
  duration: string;
  /** What it cost, as a negative amount. */
  price: string;
  price_unit: string;
  answered_by: string;
  forwarded_from: string;
}

/** A page of that list. */
export interface VoiceCallPage {
  calls: VoiceCall[];
}
