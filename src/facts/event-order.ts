import { CHANNELS, type Channel, TOUCHPOINT_KINDS, type TouchpointKind } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { byText } from "../kit/order.ts";

// The total order of events. `event-order.sql` says the same to the database; a test holds the two to each other.

/** The place of an event among all: time, the sender's sequence (without one last), precedence of channels, of kinds, id. */
export interface EventPlace {
  occurredAt: Date;
  sequence: number | null;
  channel: Channel;
  kind: TouchpointKind;
  recordId: string;
}

/** Orders events as they happened. */
export function inOrder(a: EventPlace, b: EventPlace): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    (a.sequence ?? NO_SEQUENCE) - (b.sequence ?? NO_SEQUENCE) ||
    CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel) ||
    TOUCHPOINT_KINDS.indexOf(a.kind) - TOUCHPOINT_KINDS.indexOf(b.kind) ||
    byText(a.recordId, b.recordId)
  );
}
