/**
 * CallRail's call webhooks. Pre-call, call routing complete, post-call and call modified have the same fields, which fill as
 * the call goes on. None says when it was sent.
 */
export interface CallWebhook {
  id: number;
  /** The id of its newer API: CAL…. */
  resource_id: string;
  start_time: string;
  created_at: string;
  /** Seconds, as text. 0 before the call. */
  duration: string;
  answered: boolean;
  voicemail: boolean;
  /** answered, missed, abandoned, voicemail, outbound …. */
  call_type: string;
  direction: string;
  customer_phone_number: string;
  tracking_phone_number: string;
  /** The number that the call was forwarded to. */
  business_phone_number: string;
  /** What was changed, on a call-modified webhook only. */
  changes: string[];
  utm_campaign: string;
  campaign: string;
  utm_medium: string;
  medium: string;
  source_name: string;
  landing_page_url: string;
  referring_url: string;
  last_requested_url: string;
  /** The client id of Google Analytics. */
  ga: string;
  note: string;
  tags: string[];
  agent_email: string;
  keywords: string;
  /** A text, since its currency is not sent. */
  value: string;
}

/** A text message that was sent or received. */
export interface TextWebhook {
  id: number;
  resource_id: string;
  source_number: string;
  destination_number: string;
  /** Where it is sent: incoming or outgoing. */
  direction: string;
  content: string;
  message_type: string;
  timestamp: string;
  conversation_id: string;
}

/** A form that a visitor filled in. */
export interface FormWebhook {
  id: number;
  /** The form's own fields, under whatever names it has. */
  form_data: Record<string, string>;
  form_url: string;
  submitted_at: string;
  source: string;
  utm_campaign: string;
  utm_medium: string;
  customer_email: string;
  customer_phone_number: string;
}
