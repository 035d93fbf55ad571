import { CHANNELS } from "../../fields/choices.ts";
import type { Partition } from "../../journeys/columns.ts";
import {
  compareStarts,
  contactsAcross,
  eachContact,
  isNobodys,
  type LegNumbers,
  type NumberedLeg,
  numberLegs,
} from "../../journeys/contacts.ts";
import type { Survey } from "../../journeys/fold.ts";
import { isMeantBy, type Meant, meant } from "../../journeys/tables.ts";

/** By the numbers of legs: those that stand behind another leg of their call. */
export interface Repeats {
  firsts: LegNumbers["firsts"];
  repeats: Meant;
}

/**
 * The legs of calls that are not the first, of somebody if one is, by the account of whoever carried it: what a transfer
 * adds came out of no visit of its own. `contacts` is more than the number of any contact.
 */
export const repeatsSurvey: Survey<{ contacts: number }, Repeats> = {
  name: "repeats",
  of(partitions, { contacts }) {
    const { firsts, count } = numberLegs(partitions);
    const repeats = meant(count, []);
    for (const partition of partitions) {
      const first = firsts.get(partition.serial)!;
      for (const row of ownRepeats(partition)) repeats[first + row] = 1;
    }
    const across = contactsAcross(partitions, contacts);
    const isAcross = (partition: Partition, row: number) =>
      isOfSharedCall(partition, row) && isMeantBy(across, partition.legs.contact[row]!);
    eachContact(partitions, isAcross, (legs) => {
      for (const { number } of legs) repeats[number] = 1;
      repeats[firstOf(legs).number] = 0;
    });
    return { firsts, repeats };
  },
};

const OWN = new WeakMap<Partition, readonly number[]>();

/** The rows of a partition, as if there were no other. */
function ownRepeats(partition: Partition): readonly number[] {
  const known = OWN.get(partition);
  if (known) return known;
  const rows: number[] = [];
  eachContact([partition], isOfSharedCall, (legs) => {
    const first = firstOf(legs);
    for (const leg of legs) if (leg !== first) rows.push(leg.row);
  });
  OWN.set(partition, rows);
  return rows;
}

function isOfSharedCall({ legs }: Partition, row: number): boolean {
  return legs.sharesCall[row] === 1 && legs.channel[row] === VOICE && legs.isConsult[row] !== 1;
}

const VOICE = CHANNELS.indexOf("VOICE");

function firstOf(legs: readonly NumberedLeg[]): NumberedLeg {
  return legs.reduce((a, b) => ((rankOf(a) - rankOf(b) || compareStarts(a, b)) <= 0 ? a : b));
}

const rankOf = (leg: NumberedLeg): number =>
  2 * Number(isNobodys(leg)) + Number(!Number.isNaN(leg.partition.legs.callId[leg.row]));
