/** A call of Segment's spec, as its webhook destination sends it; older senders write `action` and `user_id`. */
export interface Message {
  /** page, screen, track or identify; alias and group are not taken in. */
  type: string;
  action: string;
  messageId: string;
  /** When it happened, corrected for the sender's clock. */
  timestamp: string;
  originalTimestamp: string;
  /** The account that the customer is logged in with. */
  userId: string;
  user_id: string;
  /** The browser or the installed app. */
  anonymousId: string;
  /** The name of a track event. */
  event: string;
  /** Page and screen calls have it. */
  name: string;
  category: string;
  properties: Properties;
  /** Identify calls have it. */
  traits: Traits;
  context: Context;
}

/** Several calls in one request. */
export interface MessageBatch {
  batch: Message[];
  /** The sender's key at Segment: it is not kept. */
  writeKey: string;
}

interface Properties {
  url: string;
  path: string;
  title: string;
  category: string;
  query: string;
  revenue: number;
  total: number;
  currency: string;
  order_id: string;
  orderId: string;
  conversation_id: string;
  session_id: string;
}

interface Traits {
  name: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  age: number;
  address: { country: string; state: string };
}

interface Context {
  page: { url: string; path: string; referrer: string };
  campaign: { name: string; medium: string; source: string };
  device: { id: string; advertisingId: string; type: string };
  app: { name: string };
  traits: Traits;
  sessionId: string;
}
