import { fields, instant, text } from "./field.ts";

// Fields of every kind of record.

/** Its key: sending it again changes nothing. */
export const KEY = fields(null, {
  source: text(null, "System that sent it.", {
    redact: "id",
    required: true,
    max: 64,
    remedy: "Name the system that sends the record.",
    given: "The system that sends the record, such as web or amazon-connect.",
    filter: { name: "sources", says: "Sent by one of these systems." },
  }),
  sourceId: text(null, "The sender's own id; of a visit, the sender's session id, else subject and day.", {
    redact: "id",
    required: true,
    max: 256,
    remedy: "Send the id that the record has in its own system.",
    given: "The sender's own id of the record: sending it again changes nothing.",
  }),
});

/** Of an event: which version of it this is. */
export const REVISION = fields(null, {
  revision: instant(null, "The sender's time of the version that is shown.", {
    given: "The sender's update time: a newer one replaces what was sent before.",
  }),
});

/** Of a customer record: when its source knew what it states. */
export const OBSERVED = fields(null, {
  observedAt: instant(null, "When it was stated.", {
    required: true,
    given: "When the source knew it; a newer one replaces an older.",
  }),
});
