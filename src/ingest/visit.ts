import type { TouchpointFact } from "../facts/fact.ts";
import { recordId } from "../kit/id.ts";

export interface VisitKey {
  id: string;
  sourceId: string;
}

/**
 * The interaction that a touchpoint belongs to: the one whose source id is the sender's session id, or its subject's
 * day where the sender names no session.
 */
export function visitKeyOf(fact: TouchpointFact): VisitKey {
  const sourceId = fact.body.sessionId ?? `${fact.subject.id}/${fact.at.toISOString().slice(0, 10)}`;
  return { id: recordId("interaction", fact.source, sourceId), sourceId };
}
