import { CHANNELS } from "../../fields/choices.ts";
import type { Partition } from "../../journeys/columns.ts";
import type { Journey } from "../../journeys/fold.ts";
import { IS_WITHIN, idStartOf, type LegTables } from "./contacts.ts";
import { isHandled, isOpenEnded, OUTBOUND, topicOf } from "./leg.ts";

// What else a customer did within the window after a leg. What hangs on something that a later contact does not say is not
// known; nobody comes again where nothing follows.

/** Another contact began. */
export const AGAIN = 1;
/** Another contact was about the same; or none was, but some do not say what they were about. */
export const FOR_THE_SAME = 2;
export const MAYBE_FOR_THE_SAME = 4;
/** Another contact was a call. */
export const CALLED_AGAIN = 8;
/** An agent took a later leg; or none that says how it ended. */
export const HELPED = 16;
export const MAYBE_HELPED = 32;

/** What is sought, of a leg that says what it was about, and of one that does not. */
const ALL = AGAIN | FOR_THE_SAME | CALLED_AGAIN | HELPED;
const ALL_OF_UNKNOWN = AGAIN | MAYBE_FOR_THE_SAME | CALLED_AGAIN | HELPED;

const VOICE = CHANNELS.indexOf("VOICE");
const SURVEY = CHANNELS.indexOf("SURVEY");

/** The bits above, of the legs of identified customers. */
export function compileRepeats(
  { legs, customers, serial }: Partition,
  { firsts, direction, contactAt, contactId, marks }: LegTables,
  within: number,
): (row: number, journey: Journey) => number {
  const first = firsts.get(serial)!;
  const { at, channel, contact, isCallBack, isConsult } = legs;
  const isAfter = (other: number, row: number) =>
    at[other]! > at[row]! || idStartOf(legs, other) > idStartOf(legs, row);
  /** Whether the customer came once more: in a contact that began after the leg. */
  const isContact = (other: number, row: number) =>
    channel[other] !== SURVEY &&
    direction[first + other] !== OUTBOUND &&
    isCallBack[other] !== 1 &&
    (contact[other] === -1 || contact[other] !== contact[row]) &&
    (contactAt[first + other]! > at[row]! ||
      (contactAt[first + other] === at[row] && contactId[first + other]! > idStartOf(legs, row)));
  const bitsOf = (other: number, row: number) => {
    const helped = isOpenEnded(legs, other) ? MAYBE_HELPED : isHandled(legs, other) ? HELPED : 0;
    if (!isContact(other, row)) return helped;
    const [topic, before] = [topicOf(legs, other), topicOf(legs, row)];
    const isUnknown = topic === -1 || before === -1;
    const same = isUnknown ? MAYBE_FOR_THE_SAME : topic === before ? FOR_THE_SAME : 0;
    return helped | AGAIN | same | (channel[other] === VOICE ? CALLED_AGAIN : 0);
  };
  return (row, { customer }) => {
    const end = customers.legs[customer + 1]!;
    let other = row;
    while (other > customers.legs[customer]! && at[other - 1] === at[row]) other -= 1;
    const all = topicOf(legs, row) === -1 ? ALL_OF_UNKNOWN : ALL;
    let bits = 0;
    // Once all is known, whatever follows adds nothing: a test phone calls every minute for months.
    for (; other < end && at[other]! <= at[row]! + within && (bits & all) !== all; other += 1) {
      if (other === row || isConsult[other] === 1 || marks[first + other]! & IS_WITHIN) continue;
      if (isAfter(other, row)) bits |= bitsOf(other, row);
    }
    return bits;
  };
}
