import { CHANNELS } from "../fields/choices.ts";
import { type AudiencePlan, compileAudience } from "./audience.ts";
import { IS_NOBODY, type Partition } from "./columns.ts";
import type { Fold, Journey } from "./fold.ts";
import { compileMatcher, type MatcherPlan } from "./matcher.ts";
import { addSample, addSamples, noSamples, type Samples } from "./samples.ts";
import { type Translation, translation } from "./tables.ts";

// The events of one contact may be several customers'. Where they count once, one of those that are meant wins.

/** Which events of a contact compete, from `from` on and before `to`, and whether the first or the last of them wins. */
export interface ContestPlan {
  from: number;
  to: number;
  matcher: MatcherPlan;
  audience: AudiencePlan;
  /** Only calls that share their contact; those of somebody come before those of nobody. */
  isAmongCalls: boolean;
  keep: "FIRST" | "LAST";
}

/** Of each contact: where its winner lies, by the partition's serial number and the row; -1 where nothing was meant. */
export interface Winners {
  serials: Translation;
  rows: Translation;
}

/** Candidates, each so many numbers: contact, serial and row; then what it is compared by, rank and place in order. */
type Candidates = Samples;
const WIDTH = 12;
const [CONTACT, SERIAL, ROW, RANK] = [0, 1, 2, 3] as const;

/** The best of each contact, once a partition. */
export const contestFold: Fold<ContestPlan, Candidates> = {
  name: "contest",
  empty: noSamples,
  over(partition, plan) {
    const { at } = partition.events;
    const { from, to } = plan;
    const isOf = compileAudience(partition, plan.audience);
    const isMeant = compileMatcher(partition, plan.matcher);
    const competes = plan.isAmongCalls ? compileIsSharedCall(partition) : isTied(partition);
    const enter = entry(partition, plan);
    return (candidates, journey) => {
      if ((plan.isAmongCalls && !sharesCalls(partition, journey)) || !isOf(journey)) return;
      for (let event = journey.from; event < journey.to && at[event]! < to; event += 1) {
        if (at[event]! >= from && competes(event) && isMeant(event, journey)) enter(candidates, event, journey);
      }
    };
  },
  merge: addSamples,
};

/** The best of all partitions, by contact. */
export function winnersOf({ values, length }: Candidates, { keep }: ContestPlan, contacts: number): Winners {
  const best = new Map<number, number>();
  for (let offset = 0; offset < length; offset += WIDTH) {
    const contact = values[offset + CONTACT]!;
    const known = best.get(contact);
    if (known === undefined || comesBefore(keep, values.subarray(offset), values.subarray(known))) {
      best.set(contact, offset);
    }
  }
  const part = (column: number) => (contact: number) => {
    const offset = best.get(contact);
    return offset === undefined ? -1 : values[offset + column]!;
  };
  return { serials: translation(contacts, part(SERIAL)), rows: translation(contacts, part(ROW)) };
}

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

function isTied(partition: Partition): (event: number) => boolean {
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

/** What enters an event of this partition among the candidates, in place of the one that it beats. */
function entry(partition: Partition, { isAmongCalls, keep }: ContestPlan) {
  const { flags } = partition.customers;
  const contactOf = compileContact(partition);
  const write = placeWriter(partition);
  const candidate = new Float64Array(WIDTH);
  const best = new Map<number, number>();
  return (candidates: Candidates, event: number, { customer }: Journey): void => {
    const contact = contactOf(event);
    candidate[CONTACT] = contact;
    candidate[SERIAL] = partition.serial;
    candidate[ROW] = event;
    candidate[RANK] = isAmongCalls ? flags[customer]! & IS_NOBODY : 0;
    write(candidate, event);
    const known = best.get(contact);
    if (known === undefined) {
      best.set(contact, candidates.length);
      for (const number of candidate) addSample(candidates, number);
    } else if (comesBefore(keep, candidate, candidates.values.subarray(known))) {
      candidates.values.set(candidate, known);
    }
  };
}

/** Writes the place of an event in the total order (facts/event-order) behind its rank. */
function placeWriter({ events, legs, tied }: Partition): (candidate: Float64Array, event: number) => void {
  const { at, channel, kind, isLeg, link } = events;
  return (candidate, event) => {
    const [rows, row] = isLeg[event] ? [legs, link[event]!] : [tied, placeIn(tied.row, event)];
    candidate[RANK + 1] = at[event]!;
    candidate[RANK + 2] = rows.sequence[row]!;
    candidate[RANK + 3] = channel[event]!;
    candidate[RANK + 4] = kind[event]!;
    candidate[RANK + 5] = rows.id0[row]!;
    candidate[RANK + 6] = rows.id1[row]!;
    candidate[RANK + 7] = rows.id2[row]!;
    candidate[RANK + 8] = rows.id3[row]!;
  };
}

/** Where a number stands among rising ones. */
function placeIn(rising: Uint32Array, number: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function comesBefore(keep: ContestPlan["keep"], a: Float64Array, b: Float64Array): boolean {
  for (let place = RANK; place < WIDTH; place += 1) {
    if (a[place] !== b[place]) return a[place]! < b[place]! === (keep === "FIRST");
  }
  return false;
}
