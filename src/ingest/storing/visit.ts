import type { TouchpointFact } from "../../facts/fact.ts";
import { recordId } from "../../kit/id.ts";
import { remember } from "../../kit/remember.ts";

export interface VisitKey {
  id: string;
  sourceId: string;
}

/** How many visit ids are remembered: touchpoints of one visit follow each other. */
const REMEMBERED = 50_000;

/**
 * The interaction of a touchpoint: its source id is the sender's session id, or the subject's day where the sender
 * names no session.
 */
export function visitKeyOf({ source, body, subject, at }: TouchpointFact): VisitKey {
  return keyOf(`${source}\0${body.sessionId ?? `${subject.id}/${at.toISOString().slice(0, 10)}`}`);
}

const keyOf = remember(REMEMBERED, (key): VisitKey => {
  const [source, sourceId] = key.split("\0") as [string, string];
  return { id: recordId("interaction", source, sourceId), sourceId };
});
