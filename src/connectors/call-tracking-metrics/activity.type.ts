/** An activity of CallTrackingMetrics, as its webhooks and its API send it: the fields that are read here. */
export interface CallTrackingActivity {
  id: number;
  /** Unique over all accounts. */
  sid: string;
  account_id: number;
  /** inbound, outbound, or with a prefix such as msg_inbound for texts. */
  direction: string;
  /** Unix seconds of the start; `called_at` says the same as local text. */
  unix_time: number;
  called_at: string;
  /** The caller's number, or its contact's. */
  caller_number: string;
  contact_number: string;
  /** The number that was shown and dialled. */
  tracking_number: string;
  /** The number that the call was forwarded to. */
  business_number: string;
  /** Seconds: in all, talking, ringing before the answer, and on hold. */
  duration: number;
  talk_time: number;
  ring_time: number;
  hold_time: number;
  /** answered, no-answer, busy, failed, voicemail, in progress. */
  status: string;
  dial_status: string;
  email: string;
  /** The visitor that CallTrackingMetrics' own script knows. */
  visitor_sid: string;
  /** The name of the tracking source, such as Google Ads. */
  source: string;
  medium: string;
  campaign: string;
  /** The first and the last page of the visit. */
  location: string;
  last_location: string;
  agent: { id: string; email: string; name: string };
  notes: string;
  tag_list: string[];
  /** Where the Marketo Measure integration leaves the value of the _biz_uid cookie. */
  custom_fields: { bizible_id: string; BizibleId: string; _biz_uid: string };
  bizible_id: string;
}
