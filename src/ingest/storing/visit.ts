import type { TouchpointFact } from "../../facts/fact.ts";
import { twinOf } from "../../facts/visit-id.ts";
import { CHANNELS, type Channel } from "../../fields/choices.ts";
import { recordId } from "../../kit/id.ts";
import { byText } from "../../kit/order.ts";
import { remember } from "../../kit/remember.ts";
import { keysOfFact } from "./contacts.ts";
import type { OwnedTouchpoint } from "./touchpoints.repository.ts";

interface VisitKey {
  id: string;
  sourceId: string;
}

/** A visit of one subject, or what is known of it so far: a touchpoint is a visit until others join it. */
export interface Visit extends VisitKey {
  subjectId: string;
  customerId: string;
  source: string;
  channel: Channel;
  from: Date;
  to: Date;
  sessionId: string | null;
  universalSessionId: string | null;
  device: string | null;
  contactKeys: readonly string[];
}

/** How many visit ids are remembered: touchpoints of one visit follow each other. */
const REMEMBERED = 50_000;

/** The interaction of a touchpoint: the sender's session, or, where it names none, the visit that would begin with it. */
function visitKeyOf({ id, source, body }: TouchpointFact): VisitKey {
  if (body.sessionId !== null) return keyOf(`${source}\0${body.sessionId}`);
  return { id: twinOf(id), sourceId: twinOf(id) };
}

const keyOf = remember(REMEMBERED, (key): VisitKey => {
  const [source, sourceId] = key.split("\0") as [string, string];
  return { id: recordId("interaction", source, sourceId), sourceId };
});

/** A touchpoint as a visit. */
export function visitOf({ fact, customerId }: OwnedTouchpoint): Visit {
  const { source, at, body, subject } = fact;
  const { id, sourceId } = visitKeyOf(fact);
  return {
    id,
    sourceId,
    subjectId: subject.id,
    customerId,
    source,
    channel: body.channel,
    from: at,
    to: body.endedAt ?? at,
    sessionId: body.sessionId,
    universalSessionId: body.universalSessionId,
    device: body.device,
    contactKeys: keysOfFact(fact),
  };
}

/** Parts of the same visits, each put together, in the order of keys, in which rows are locked. */
export function together(parts: readonly Visit[]): Visit[] {
  const visits = new Map<string, Visit>();
  for (const part of parts) {
    const key = part.subjectId + part.id;
    const known = visits.get(key);
    visits.set(key, known ? mergedVisit(known, part) : part);
  }
  return [...visits].sort(([a], [b]) => byText(a, b)).map(([, visit]) => visit);
}

/** One visit of two parts: the name, customer and start are those of what began first. */
export function mergedVisit(a: Visit, b: Visit): Visit {
  const [first, next] = a.from <= b.from ? [a, b] : [b, a];
  return {
    ...first,
    to: a.to > b.to ? a.to : b.to,
    channel: CHANNELS.indexOf(a.channel) < CHANNELS.indexOf(b.channel) ? a.channel : b.channel,
    universalSessionId: least(a.universalSessionId, b.universalSessionId),
    device: least(a.device, b.device),
    contactKeys: next.contactKeys.length === 0 ? first.contactKeys : [...new Set([...a.contactKeys, ...b.contactKeys])],
  };
}

function least(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return byText(a, b) <= 0 ? a : b;
}
