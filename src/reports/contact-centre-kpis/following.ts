import { CHANNELS } from "../../fields/choices.ts";
import { NO_CODE } from "../../journeys/columns.ts";
import type { NumberedLeg } from "../../journeys/contacts.ts";
import { isStated } from "./leg.ts";

// Amazon Connect opens a contact of its own for whoever an agent calls in, and neither record says what came of it: whether
// the second ended before the first, as a consult does, or went on after it, as a transfer does. Such a leg states a key that
// is not its own id, and does not say who called whom.

type Test = (leg: NumberedLeg) => boolean;

/** What the legs of one contact say of one another. */
export interface Following {
  /** Whether the leg was a consult: it followed another leg of its contact, and lies within its talk. */
  isWithin: Test;
  /** Whether a leg that followed it went on after it, so that the customer was handed on. */
  wentOn: Test;
  /** Whether the leg tells of a call that another system carried and told of too: one leg, two accounts of it. */
  isAccount: Test;
}

export function followingOf(contact: readonly NumberedLeg[]): Following {
  const calls = contact.filter(({ partition: { legs }, row }) => legs.channel[row] === VOICE);
  const followers = calls.filter(follows);
  const carried = new Set(calls.flatMap(keysOf));
  return {
    isWithin: (leg) =>
      follows(leg) &&
      calls.some((other) => isOfOneSource(leg, other) && startOf(other) < startOf(leg) && endOf(other) > endOf(leg)),
    wentOn: (leg) =>
      isStated(leg.partition.legs.contactKey[leg.row]!) &&
      followers.some(
        (other) => isOfOneSource(leg, other) && startOf(other) > startOf(leg) && endOf(other) > endOf(leg),
      ),
    isAccount: ({ partition: { legs }, row }) => isStated(legs.callId[row]!) && carried.has(legs.callId[row]!),
  };
}

const VOICE = CHANNELS.indexOf("VOICE");

function follows({ partition: { legs }, row }: NumberedLeg): boolean {
  return (
    legs.isConsult[row] === NO_CODE &&
    legs.direction[row] === NO_CODE &&
    legs.channel[row] === VOICE &&
    isStated(legs.contactKey[row]!) &&
    legs.contactKey[row] !== legs.sourceId[row]
  );
}

/** What another account may call the call by. */
function keysOf({ partition: { legs }, row }: NumberedLeg): number[] {
  return isStated(legs.callId[row]!) ? [] : [legs.sourceId[row]!, legs.contactKey[row]!];
}

function isOfOneSource(a: NumberedLeg, b: NumberedLeg): boolean {
  return a.partition.legs.source[a.row] === b.partition.legs.source[b.row];
}

const startOf = ({ partition: { legs }, row }: NumberedLeg): number => legs.answeredAt[row]!;
const endOf = ({ partition: { legs }, row }: NumberedLeg): number => legs.endedAt[row]!;
