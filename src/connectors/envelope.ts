// A vendor's list or envelope says more than its members. Each member takes it along, so that its records keep it.

/** The name under which a message keeps what stood beside it: no vendor has a field of this name. */
const ENVELOPE = "@envelope";

type Message = Readonly<Record<string, unknown>>;

/** The message with what stood beside it; its records keep that in `metadata.sent`. */
export function inEnvelope(message: Message, beside: Message): Message {
  if (Object.keys(beside).length === 0) return message;
  const { [ENVELOPE]: inner, ...own } = message;
  return { ...own, [ENVELOPE]: inner === undefined ? beside : { ...beside, [ENVELOPE]: inner } };
}

/** What the message itself says. */
export function outOfEnvelope({ [ENVELOPE]: _, ...own }: Message): Message {
  return own;
}
