import { type EventPlace, inOrder } from "../facts/event-order.ts";
import type { Stage } from "../facts/vocabulary.type.ts";

/** Before, at or after the customer's first form or call; without one, everything is early. */
export function stageOf(event: EventPlace, lead: EventPlace | null): Stage {
  if (!lead) return "EARLY";
  const order = inOrder(event, lead);
  if (order === 0) return "LEAD";
  return order < 0 ? "EARLY" : "POST_LEAD";
}
