import { recordId } from "../../../src/kit/id.ts";
import type { Happening, Told } from "./world.ts";

// Which events are of one contact, slow and obvious, sharing no code with src.

/** An event is a leg unless its channel is WEB or APP. */
export const isLeg = ({ channel }: Happening) => channel !== "WEB" && channel !== "APP";

/** The interaction of an event: a leg is one itself, a touchpoint has a visit of its own. */
export const interactionOf = (event: Told) =>
  isLeg(event)
    ? event.id
    : recordId("visit", "test", event.visit ? `${event.who}/${event.source}/${event.visit}` : event.id);

const column = (event: Told, name: string) => event.columns?.[name] as string | null | undefined;

/** What ties an event to others: who says so, and the word. */
function wordsOf(event: Told): string[] {
  const source = event.source ?? "test";
  const callBack = column(event, "call_back_session_id");
  const session = isLeg(event) ? column(event, "session_id") : null;
  const asked = event.outcome === "CALLBACK_REQUESTED" ? [column(event, "source_id") ?? event.id, session] : [];
  const words = [
    ["everywhere", event.universalSessionId],
    ["everywhere", callBack],
    ...[column(event, "contact_key") ?? session, callBack, ...asked].map((word) => [source, word]),
  ];
  return words.filter(([, word]) => word != null).map(([scope, word]) => `${scope}: ${word}`);
}

const found = new WeakMap<readonly Told[], Map<string, string>>();

/** The contact of each event by its id: the least interaction spreads from event to event until nothing changes. */
export function contactsIn(world: readonly Told[]): Map<string, string> {
  const known = found.get(world);
  if (known) return known;
  const told = world.map((event) => ({ event, words: wordsOf(event), contact: interactionOf(event) }));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const one of told) {
      const tied = told.filter(({ words }) => words.some((word) => one.words.includes(word)));
      const least = [one, ...tied].map(({ contact }) => contact).sort()[0]!;
      if (least === one.contact) continue;
      one.contact = least;
      isChanged = true;
    }
  }
  const contacts = new Map(told.map(({ event, contact }) => [event.id, contact]));
  found.set(world, contacts);
  return contacts;
}

/** Whether two events are of one contact. */
export function areOfOneContact(world: readonly Told[], a: Told, b: Told): boolean {
  return contactsIn(world).get(a.id) === contactsIn(world).get(b.id);
}

/** All that is of an event's contact. */
export function companyOf(world: readonly Told[], event: Told): Told[] {
  return world.filter((other) => areOfOneContact(world, event, other));
}
