/**
 * A call as ResponseTap calls back with it. Its callbacks are templates that each customer fills in: these are the names
 * to give the fields. An offline call has no visit, and ResponseTap's own visitor id, which starts with gbr0 or clarity.
 */
export interface TapCall {
  callId: string;
  /** RFC 3339, or without a zone in the zone of the source. */
  callStartTime: string;
  callEndTime: string;
  /** The caller's number; withheld as the word anonymous. */
  cliNumber: string;
  dialledNumber: string;
  /** Seconds. */
  callDuration: number;
  callStatus: string;
  visitorId: string;
  pageUrl: string;
  campaign: string;
  medium: string;
  /** An order taken in the call, and what it was worth. */
  transactionId: string;
  transactionValue: number;
  currency: string;
}
