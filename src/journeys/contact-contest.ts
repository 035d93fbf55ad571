import { CHANNELS } from "../fields/choices.ts";
import { type AudiencePlan, compileAudience } from "./audience.ts";
import { IS_NOBODY, type Partition } from "./columns.ts";
import { type Contender, type Contenders, compileEntry, type Kept, type Winners, winnersOf } from "./contest.ts";
import type { Fold, Journey } from "./fold.ts";
import { compileMatcher, type MatcherPlan } from "./matcher.ts";
import { addSamples, noSamples } from "./samples.ts";
import { firstAtOrAfter } from "./splice.ts";

/** Which events of a contact compete, from `from` on and before `to`, and whether the first or the last of them wins. */
export interface ContactPlan {
  from: number;
  to: number;
  matcher: MatcherPlan;
  audience: AudiencePlan;
  /** Only calls that share their contact; those of somebody come before those of nobody. */
  isAmongCalls: boolean;
  keep: Kept;
  /** More than the number of any contact. */
  contacts: number;
}

/** The event of each contact that counts, by the contact's number. */
export const contactFold: Fold<ContactPlan, Contenders, Winners> = {
  name: "contact",
  empty: noSamples,
  over(partition, plan) {
    const { at } = partition.events;
    const { from, to } = plan;
    const isOf = compileAudience(partition, plan.audience);
    const isMeant = compileMatcher(partition, plan.matcher);
    const competes = plan.isAmongCalls ? compileIsSharedCall(partition) : compileIsTied(partition);
    const contactOf = compileContact(partition);
    const { flags } = partition.customers;
    const writePlace = placeWriter(partition);
    let customer = 0;
    const enter = compileEntry(partition, plan.keep, (contender, event, place) => {
      contender[place] = plan.isAmongCalls ? flags[customer]! & IS_NOBODY : 0;
      writePlace(contender, event, place + 1);
    });
    return (contenders, journey) => {
      if ((plan.isAmongCalls && !sharesCalls(partition, journey)) || !isOf(journey)) return;
      customer = journey.customer;
      for (let event = journey.from; event < journey.to && at[event]! < to; event += 1) {
        if (at[event]! < from || !competes(event) || !isMeant(event, journey)) continue;
        enter(contenders, contactOf(event), event);
      }
    };
  },
  merge: addSamples,
  conclude: (contenders, { keep, contacts }) => winnersOf(contenders, keep, contacts),
};

/** The contact of an event; -1 where nothing ties it to others. */
export function compileContact({ events: { isLeg, link }, legs: { contact } }: Partition): (event: number) => number {
  return (event) => (isLeg[event] ? contact[link[event]!]! : link[event]!);
}

const VOICE = CHANNELS.indexOf("VOICE");

/** Whether an event is a call that others of its contact tell of too. */
export function compileIsSharedCall({ events, legs }: Partition): (event: number) => boolean {
  const { isLeg, link, channel } = events;
  const { sharesCall, contact } = legs;
  return (event) => {
    if (channel[event] !== VOICE || !isLeg[event]) return false;
    const leg = link[event]!;
    return sharesCall[leg] === 1 && contact[leg] !== -1;
  };
}

function compileIsTied(partition: Partition): (event: number) => boolean {
  const contactOf = compileContact(partition);
  return (event) => contactOf(event) !== -1;
}

/** Whether any leg of a customer may be such a call: most customers have none, and there are far fewer legs than events. */
function sharesCalls({ customers, legs }: Partition, { customer }: Journey): boolean {
  for (let leg = customers.legs[customer]!; leg < customers.legs[customer + 1]!; leg += 1) {
    if (legs.sharesCall[leg]) return true;
  }
  return false;
}

/** Writes the place of an event in the total order (facts/event-order). */
function placeWriter({ events, legs, tied }: Partition): (contender: Contender, event: number, place: number) => void {
  const { at, channel, kind, isLeg, link } = events;
  return (contender, event, place) => {
    const rows = isLeg[event] ? legs : tied;
    const row = isLeg[event] ? link[event]! : firstAtOrAfter(tied.row, event);
    contender[place] = at[event]!;
    contender[place + 1] = rows.sequence[row]!;
    contender[place + 2] = channel[event]!;
    contender[place + 3] = kind[event]!;
    contender[place + 4] = rows.id0[row]!;
    contender[place + 5] = rows.id1[row]!;
    contender[place + 6] = rows.id2[row]!;
    contender[place + 7] = rows.id3[row]!;
  };
}
