import type { Stage } from "../facts/vocabulary.type.ts";
import { CHANNELS, type Channel } from "../fields/choices.ts";

/** The place of an event in the total order: time, the sender's sequence (none last), precedence of channels, id. */
export interface EventPlace {
  occurredAt: Date;
  sequence: number | null;
  channel: Channel;
  recordId: string;
}

/** Before, at or after the customer's first form or call; without one, everything is early. */
export function stageOf(event: EventPlace, lead: EventPlace | null): Stage {
  if (!lead) return "EARLY";
  const order = compare(event, lead);
  if (order === 0) return "LEAD";
  return order < 0 ? "EARLY" : "POST_LEAD";
}

const NO_SEQUENCE = 2_147_483_647;

function compare(a: EventPlace, b: EventPlace): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    (a.sequence ?? NO_SEQUENCE) - (b.sequence ?? NO_SEQUENCE) ||
    CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel) ||
    byText(a.recordId, b.recordId)
  );
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
