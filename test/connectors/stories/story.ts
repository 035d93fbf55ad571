type Cell =
  | "blind transfer"
  | "consult, warm transfer"
  | "conference"
  | "callback, queued"
  | "callback by date"
  | "ring group, hunting"
  | "queue overflow"
  | "voicemail"
  | "outbound"
  | "outbound, then transferred"
  | "answering machine"
  | "call parked";

/** What a sender tells of one afternoon of one customer, and what a person counts who reads it. */
export interface Story {
  connector: string;
  /** The rows of the table in docs/connectors.md that it fills. */
  cell?: Cell | readonly Cell[];
  /** What happened. */
  tells: string;
  /** Its messages, one request each; a text is a form or rows of CSV. */
  given: readonly unknown[];
  counts: Counts;
}

export interface Counts {
  contacts: number;
  /** Contacts in which the customer called us. */
  calls: number;
  handled: number;
  abandoned: number;
  /** Waits that ended neither way are queued as well. */
  queued: number;
  transfers: number;
  /** The share of callers who called again: 0, or null where nobody called. */
  repeatCallers: number | null;
  /** Contacts of the customer after which they did not come again, of all. */
  resolved: readonly [number, number];
  /** Seconds, on the average; null where the sender does not say when the agent had finished. */
  handleTime: number | null;
  speedOfAnswer: number | null;
  callbacks?: { asked: number; completed: number | null };
  /** The phone of whom it was about; null where nobody is known. */
  customer: string | null;
}
