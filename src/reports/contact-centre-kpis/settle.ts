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

const FIELDS = ["group", "contact", "at", "id", "customer", "bits", "units", "millionths", "currency"] as const;
const [GROUP, CONTACT, ID, CUSTOMER, BITS, UNITS, MILLIONTHS, CURRENCY] = [0, 1, 3, 4, 5, 6, 7, 8] as const;
const LEG = FIELDS.length;

export function addLeg(legs: Samples, leg: ContactLeg): void {
  for (const field of FIELDS) addSample(legs, leg[field]);
}

/** Adds the legs of a later tally, whose groups have other numbers here. */
export function addLegs(legs: Samples, { values, length }: Samples, groups: readonly number[]): void {
  for (let place = 0; place < length; place += 1) {
    addSample(legs, place % LEG === GROUP ? groups[values[place]!]! : values[place]!);
  }
}

/** Counts the contacts of legs: all legs of these contacts, and of these customers, must be among them. */
export function settle(tally: KpiTally, { values, length }: Samples): void {
  const order = Array.from({ length: length / LEG }, (_, leg) => leg * LEG);
  if (order.length > 1) order.sort((a, b) => compare(values, a, b));
  const callers = new Map<number, boolean>();
  for (let from = 0; from < order.length; ) {
    const leg = order[from]!;
    const group = values[leg + GROUP]!;
    let to = from + 1;
    while (to < order.length && isOfOneContact(values, leg, order[to]!)) to += 1;
    countContact(tally, values, order.slice(from, to), callers);
    if (to === order.length || values[order[to]! + GROUP] !== group) countCallers(tally, group, callers);
    from = to;
  }
}

function compare(values: Float64Array, a: number, b: number): number {
  for (let place = GROUP; place <= ID; place += 1) {
    if (values[a + place] !== values[b + place]) return values[a + place]! - values[b + place]!;
  }
  return 0;
}

const isOfOneContact = (values: Float64Array, a: number, b: number): boolean =>
  values[a + GROUP] === values[b + GROUP] && values[a + CONTACT] === values[b + CONTACT];

function countContact(
  tally: KpiTally,
  values: Float64Array,
  legs: readonly number[],
  callers: Map<number, boolean>,
): void {
  const base = values[legs[0]! + GROUP]! * WIDTH;
  const { totals } = tally;
  const bitsOf = (leg: number) => values[leg + BITS]!;
  const having = (bits: number) => legs.find((leg) => (bitsOf(leg) & bits) === bits);
  totals[base + T.contacts]! += 1;
  const isKeyed = having(IS_KEYED);
  if (isKeyed !== undefined) {
    totals[base + T.journeys]! += 1;
    if (bitsOf(isKeyed) & IS_SWITCHED) totals[base + T.switchingJourneys]! += 1;
  }
  countRepeat(totals, base, having(IS_KNOWN), bitsOf);
  countFlag(totals, base, bitsOf(legs.at(-1)!));
  if (having(IS_CALL) !== undefined) totals[base + T.calls]! += 1;
  const call = having(IS_KNOWN | IS_CALL);
  if (call !== undefined) {
    totals[base + T.callsIdentified]! += 1;
    const customer = values[call + CUSTOMER]!;
    const calledAgain = (bitsOf(call) & CALLED_ONCE_MORE) !== 0;
    callers.set(customer, calledAgain || callers.get(customer) === true);
  }
  if (legs.every((leg) => bitsOf(leg) & IS_PRICED)) addCosts(tally, values, legs);
}

function countRepeat(
  totals: Float64Array,
  base: number,
  leg: number | undefined,
  bitsOf: (leg: number) => number,
): void {
  if (leg === undefined) return;
  const bits = bitsOf(leg);
  totals[base + T.identified]! += 1;
  if (!(bits & CAME_AGAIN)) totals[base + T.unrepeated]! += 1;
  if (!(bits & KNOWS_SAME)) return;
  totals[base + T.topicsKnown]! += 1;
  if (!(bits & CAME_FOR_SAME)) totals[base + T.unrepeatedTopics]! += 1;
}

function countFlag(totals: Float64Array, base: number, bits: number): void {
  if (bits & STATES_RESOLVED) totals[base + T.flagged]! += 1;
  if (bits & IS_RESOLVED) totals[base + T.flaggedResolved]! += 1;
}

/** The cost of a contact is known where all of its legs state theirs. */
function addCosts(tally: KpiTally, values: Float64Array, legs: readonly number[]): void {
  const group = values[legs[0]! + GROUP]!;
  tally.totals[group * WIDTH + T.priced]! += 1;
  for (const leg of legs) {
    const units = values[leg + UNITS]!;
    if (Number.isNaN(units)) continue;
    addCost(tally, [group, values[leg + CURRENCY]!], microsOf({ units, millionths: values[leg + MILLIONTHS]! }));
  }
}

/** Customers whose calls lead a contact of the group, and those who called again after one. */
function countCallers({ totals }: KpiTally, group: number, callers: Map<number, boolean>): void {
  const base = group * WIDTH;
  for (const calledAgain of callers.values()) {
    totals[base + T.callers]! += 1;
    if (calledAgain) totals[base + T.repeatCallers]! += 1;
  }
  callers.clear();
}
