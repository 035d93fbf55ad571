/** A call as Infinity reports it: the parameters of its Call Event API, which its offline exports share. */
export interface CallEvent {
  /** Installation group: the site that the call belongs to. */
  igrp: number;
  /** UTC, as YYYY-MM-DD HH:MM:SS. */
  dt: string;
  /** The telephone company's unique reference of the call. */
  telcoCallRef: string;
  dialledPhoneNumber: string;
  srcPhoneNumber: string;
  destPhoneNumber: string;
  /** How the call ended, or how far it is. */
  callState: string;
  /** The reference of an order taken in the call, from the CRM. */
  txr: string;
  /** Seconds: the caller's leg answered, ringing, and connected to the destination. */
  callDuration: number;
  ringTime: number;
  bridgeDuration: number;
  /** The visitor, where the call was matched to one; the tracker's own id when it is offline. */
  visitorId: string;
  /** The page that the visitor was on. */
  href: string;
  campaign: string;
  medium: string;
}
