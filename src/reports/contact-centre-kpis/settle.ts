import { sortRows } from "../../journeys/grouped.ts";
import { microsOf } from "../../journeys/money.ts";
import { addSample, type Samples } from "../../journeys/samples.ts";
import { addCost, type KpiTally } from "./tally.ts";
import { T, WIDTH } from "./totals.ts";

// What counts contacts counts legs that stand for theirs: the first of an identified customer, and the last, which says
// whether the matter was settled. Which they are hangs on all legs of a contact that are of one group.

/** A leg of a group, as its contact needs it. */
export interface ContactLeg {
  group: number;
  /** A number of its own where nothing ties it to others. */
  contact: number;
  at: number;
  id: number;
  customer: number;
  /** The bits below. */
  bits: number;
  /** What it cost; NaN where it does not say. */
  units: number;
  millionths: number;
  currency: number;
}

/** Its customer is somebody. */
export const IS_KNOWN = 1;
/** The customer called, and was not called or called back. */
export const IS_CALL = 2;
export const IS_KEYED = 4;
export const IS_SWITCHED = 8;
/** Its cost is stated, or another leg's to state. */
export const IS_PRICED = 16;
export const STATES_RESOLVED = 32;
export const IS_RESOLVED = 64;
/** The customer came again; called again; came for the same, which is not known of all. */
export const CAME_AGAIN = 128;
export const CALLED_ONCE_MORE = 256;
export const KNOWS_SAME = 512;
export const CAME_FOR_SAME = 1024;

const [GROUP, CONTACT, ID, CUSTOMER, BITS, UNITS, MILLIONTHS, CURRENCY] = [0, 1, 3, 4, 5, 6, 7, 8] as const;
/** Numbers of a leg, in that order; its instant is the third. */
const LEG = 9;

export function addLeg(legs: Samples, leg: ContactLeg): void {
  addSample(legs, leg.group);
  addSample(legs, leg.contact);
  addSample(legs, leg.at);
  addSample(legs, leg.id);
  addSample(legs, leg.customer);
  addSample(legs, leg.bits);
  addSample(legs, leg.units);
  addSample(legs, leg.millionths);
  addSample(legs, leg.currency);
}

/** Adds the legs of a later tally, whose groups have other numbers here. */
export function addLegs(legs: Samples, { values, length }: Samples, groups: readonly number[]): void {
  for (let place = 0; place < length; place += 1) {
    addSample(legs, place % LEG === GROUP ? groups[values[place]!]! : values[place]!);
  }
}

/** Adds those of a group, as the first one's; the number of their customer, -1 for none. */
export function addLegsOfGroup(legs: Samples, { values, length }: Samples, group: number): number {
  let customer = -1;
  for (let leg = 0; leg < length; leg += LEG) {
    if (values[leg + GROUP] !== group) continue;
    customer = values[leg + CUSTOMER]!;
    for (let place = 0; place < LEG; place += 1) addSample(legs, place === GROUP ? 0 : values[leg + place]!);
  }
  return customer;
}

/** Told after each contact, and each caller, whose it was counted as. */
type Counted = (customer: number) => void;

/**
 * What counts the contacts of legs: all legs of these contacts, and of these customers, must be among them. It works once a
 * journey, so what it needs is made once.
 */
export function openSettling(counted: Counted = () => {}): (tally: KpiTally, legs: Samples) => void {
  let order = new Uint32Array(64);
  /** Customers whose calls lead a contact of the group, and whether they called again after one. */
  const callers = new Map<number, boolean>();
  return (tally, { values, length }) => {
    const count = length / LEG;
    if (count > order.length) order = new Uint32Array(count * 2);
    for (let leg = 0; leg < count; leg += 1) order[leg] = leg * LEG;
    if (count > 1) sortRows(order.subarray(0, count), (a, b) => compare(values, a, b));
    for (let from = 0; from < count; ) {
      const first = order[from]!;
      let to = from + 1;
      while (to < count && isOfOneContact(values, first, order[to]!)) to += 1;
      counted(countContact(tally, { values, order, from, to }, callers));
      const group = values[first + GROUP]!;
      if (to === count || values[order[to]! + GROUP] !== group) countCallers(tally, group, { callers, counted });
      from = to;
    }
  };
}

/** The legs of a contact that are of one group: where their numbers begin stands in `order`, from one place to another. */
interface Contact {
  values: Float64Array;
  order: Uint32Array;
  from: number;
  to: number;
}

function compare(values: Float64Array, a: number, b: number): number {
  for (let place = GROUP; place <= ID; place += 1) {
    if (values[a + place] !== values[b + place]) return values[a + place]! - values[b + place]!;
  }
  return 0;
}

const isOfOneContact = (values: Float64Array, a: number, b: number): boolean =>
  values[a + GROUP] === values[b + GROUP] && values[a + CONTACT] === values[b + CONTACT];

/** Counts a contact as its first identified leg's customer's, whose number is the answer. */
function countContact(tally: KpiTally, contact: Contact, callers: Map<number, boolean>): number {
  const { values, order, from, to } = contact;
  const group = values[order[from]! + GROUP]!;
  const base = group * WIDTH;
  let [any, every, lead, call, leader] = [0, -1, 0, -1, order[from]!];
  for (let place = from; place < to; place += 1) {
    const leg = order[place]!;
    const bits = values[leg + BITS]!;
    if (!(lead & IS_KNOWN)) {
      lead = bits;
      if (bits & IS_KNOWN) leader = leg;
    }
    if (call === -1 && bits & IS_CALL && bits & IS_KNOWN) call = leg;
    any |= bits;
    every &= bits;
  }
  countLeads(tally.totals, base, { any, lead, last: values[order[to - 1]! + BITS]! });
  if (call !== -1) {
    const customer = values[call + CUSTOMER]!;
    tally.totals[base + T.callsIdentified]! += 1;
    if (!callers.get(customer)) callers.set(customer, (values[call + BITS]! & CALLED_ONCE_MORE) !== 0);
  }
  if (every & IS_PRICED) addCosts(tally, group, contact);
  return values[leader + CUSTOMER]!;
}

/** `any` has the bits that any of its legs has, `lead` those of the first of somebody, `last` those of the last. */
function countLeads(
  totals: Float64Array,
  base: number,
  { any, lead, last }: { any: number; lead: number; last: number },
): void {
  totals[base + T.contacts]! += 1;
  if (any & IS_KEYED) totals[base + T.journeys]! += 1;
  if (any & IS_KEYED && any & IS_SWITCHED) totals[base + T.switchingJourneys]! += 1;
  if (any & IS_CALL) totals[base + T.calls]! += 1;
  if (last & STATES_RESOLVED) totals[base + T.flagged]! += 1;
  if (last & IS_RESOLVED) totals[base + T.flaggedResolved]! += 1;
  if (!(lead & IS_KNOWN)) return;
  totals[base + T.identified]! += 1;
  if (!(lead & CAME_AGAIN)) totals[base + T.unrepeated]! += 1;
  if (!(lead & KNOWS_SAME)) return;
  totals[base + T.topicsKnown]! += 1;
  if (!(lead & CAME_FOR_SAME)) totals[base + T.unrepeatedTopics]! += 1;
}

/** The cost of a contact is known where all of its legs state theirs. */
function addCosts(tally: KpiTally, group: number, { values, order, from, to }: Contact): void {
  tally.totals[group * WIDTH + T.priced]! += 1;
  for (let place = from; place < to; place += 1) {
    const leg = order[place]!;
    const units = values[leg + UNITS]!;
    if (Number.isNaN(units)) continue;
    addCost(tally, [group, values[leg + CURRENCY]!], microsOf({ units, millionths: values[leg + MILLIONTHS]! }));
  }
}

function countCallers(
  { totals }: KpiTally,
  group: number,
  { callers, counted }: { callers: Map<number, boolean>; counted: Counted },
): void {
  if (callers.size === 0) return;
  const base = group * WIDTH;
  for (const [customer, calledAgain] of callers) {
    totals[base + T.callers]! += 1;
    if (calledAgain) totals[base + T.repeatCallers]! += 1;
    counted(customer);
  }
  callers.clear();
}
