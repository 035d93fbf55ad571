import { areOfOneContact, companyOf, contactsIn } from "../kit/contacts.ts";
import { unique } from "../kit/recount.ts";
import type { Told } from "../kit/world.ts";
import { isHandled, isLeg, of, type Question } from "./recount.ts";

// What follows on a leg, and which legs are of one contact.

/** What the customer did within the window after a leg. */
export function laterOf(world: readonly Told[], leg: Told, { repeatWindowDays }: Question): Told[] {
  if (!leg.isIdentified) return [];
  return world.filter(
    (other) =>
      isLeg(other) &&
      other.customerId === leg.customerId &&
      (other.at > leg.at || (other.at.getTime() === leg.at.getTime() && other.id > leg.id)) &&
      other.at.getTime() - leg.at.getTime() <= repeatWindowDays * 86_400_000,
  );
}

export function contactsAfter(world: readonly Told[], leg: Told, question: Question): Told[] {
  return laterOf(world, leg, question).filter(
    (other) =>
      other.channel !== "SURVEY" &&
      of(other, "direction") !== "OUTBOUND" &&
      of(other, "is_call_back") !== true &&
      !areOfOneContact(world, other, leg) &&
      companyOf(world, other).every((one) => !isLeg(one) || compareStarts(one, leg) > 0),
  );
}

const compareStarts = (a: Told, b: Told) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The legs of each contact, in the order in which they began. */
export function contactsOf(world: readonly Told[], legs: readonly Told[]): Told[][] {
  const ids = unique(legs.map((leg) => contactsIn(world).get(leg.id)));
  return ids.map((id) => legs.filter((leg) => contactsIn(world).get(leg.id) === id).sort(compareStarts));
}

/** Whether anything could have tied it to others. */
export const isKeyed = (leg: Told) =>
  [leg.universalSessionId, of(leg, "contact_key"), of(leg, "session_id"), of(leg, "call_back_session_id")].some(
    (key) => key != null,
  );

export function isConnected(world: readonly Told[], asked: Told): boolean {
  const sessions = [of(asked, "session_id"), asked.universalSessionId, asked.id].filter((id) => id != null);
  return world.some(
    (leg) =>
      isLeg(leg) &&
      (of(leg, "is_call_back") === true || of(leg, "direction") === "OUTBOUND") &&
      isHandled(leg) &&
      (sessions.includes(of(leg, "call_back_session_id") as never) ||
        (areOfOneContact(world, leg, asked) && leg.at >= asked.at)),
  );
}
